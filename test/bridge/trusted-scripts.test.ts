import { expect, test } from 'vitest'
import { trustOwnScripts } from '../../src/bridge/trusted-scripts.ts'

/** The rules that a page at this address gives the browser. */
function rulesAt(href: string): { html: (text: string) => unknown; script: (address: string) => unknown } {
  const { protocol, origin } = new URL(href)
  let given: unknown
  const createPolicy = (_name: 'default', rules: unknown): void => void (given = rules)
  trustOwnScripts({
    trustedTypes: { createPolicy },
    location: { href, origin: protocol === 'file:' ? 'null' : origin },
  })
  const { createHTML, createScriptURL } = given as Record<string, (text: string) => unknown>
  return { html: createHTML, script: createScriptURL }
}

test('styles are filled, and no text becomes markup', () => {
  const { html } = rulesAt('https://a.example/pinscope/')
  expect(html(':root { --a: 1 } .b > .c { color: red }')).toBe(':root { --a: 1 } .b > .c { color: red }')
  expect(['<b>', 'a</style>', '&lt;', '<!--'].map(html)).toEqual([undefined, undefined, undefined, undefined])
})

test('workers of the page’s own origin and of its own making are run, and no others', () => {
  const { script } = rulesAt('https://a.example/pinscope/')
  for (const own of ['https://a.example/pinscope/assets/w.js', './w.js', 'blob:https://a.example/1'])
    expect(script(own)).toBe(own)
  const others = ['https://b.example/w.js', '//b.example/w.js', 'data:text/javascript,1', 'javascript:1', 'http://[']
  expect(others.map(script)).toEqual(others.map(() => undefined))
})

test('a page of a disk runs what it made itself, and no file beside it', () => {
  const { script } = rulesAt('file:///home/me/pinscope-app.html')
  expect(script('blob:null/1')).toBe('blob:null/1')
  expect(['file:///home/me/w.js', './w.js', 'https://b.example/w.js'].map(script)).toEqual(Array(3).fill(undefined))
})

test('a browser that does not ask is left alone', () => {
  expect(() => trustOwnScripts({ location: { href: 'https://a.example/', origin: 'https://a.example' } })).not.toThrow()
})
