import { describe, expect, test } from 'vitest'

const sources = import.meta.glob<string>('../../src/**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })
const page = Object.entries(sources)
  .map(([path, text]) => [path.replace('../../src/', ''), withoutComments(text)] as const)
  .filter(([path]) => !path.startsWith('cli/'))

/** Everything by which a page or worker can ask for something, or run or parse a text. */
const WAYS_OUT: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['fetch', /\bfetch\s*\(|[=:(]\s*(?:\w+\.)?fetch\b(?!')|\.fetch\b/],
  ['XMLHttpRequest', /\bXMLHttpRequest\b/],
  ['sendBeacon', /\bsendBeacon\b/],
  ['WebSocket', /\bWebSocket(?:Stream)?\b/],
  ['EventSource', /\bEventSource\b/],
  ['WebTransport', /\bWebTransport\b/],
  ['RTCPeerConnection', /\bRTCPeerConnection\b/],
  ['importScripts', /\bimportScripts\b/],
  ['service worker', /\bserviceWorker\b/],
  ['window.open', /\bwindow\.open\b/],
  ['another address', /\blocation\.(?:assign|replace|href\s*=[^=])|\blocation\s*=[^=]/],
  ['a link that pings or gets ready', /\bping=|\brel="(?:preconnect|dns-prefetch|prefetch|preload)"/],
  ['a form that is sent', /\baction=|\.submit\(/],
  ['a frame', /<(?:iframe|object|embed)[\s>](?!>)/],
  ['eval', /\beval\(|\bnew Function\b|\bsetTimeout\(\s*['"`]/],
  [
    'markup from text',
    /\binnerHTML\b|\bouterHTML\s*=[^=]|\binsertAdjacentHTML\b|\bDOMParser\b|\bdocument\.write\b|\bsrcdoc\b|\bdangerouslySetInnerHTML\b/,
  ],
]

/** Where there is one, and why. */
const ALLOWED: readonly (readonly [what: string, file: string, why: string])[] = [
  ['fetch', 'state/carried-files.ts', 'what comes with the page: the example, the recorder, the licences'],
  ['fetch', 'state/fetch-sources.ts', 'files of ?src=, of the own origin and after no redirect'],
  ['fetch', 'state/report-file.ts', 'the app in one file, beside the page, to make a report of'],
  ['fetch', 'ui/views/help/embedding-chapter.tsx', 'words: the example of another page'],
  ['another address', 'ui/shell/shell.tsx', 'the same page without what the address named'],
  ['window.open', 'ui/views/help/embedding-chapter.tsx', 'words: the example of another page'],
]

describe('the sources of the page and its workers', () => {
  test('ask for something in these places only', () => {
    const found = page.flatMap(([file, text]) =>
      WAYS_OUT.filter(([, pattern]) => pattern.test(text)).map(([what]) => `${what} in ${file}`),
    )
    expect(found.toSorted()).toEqual(ALLOWED.map(([what, file]) => `${what} in ${file}`).toSorted())
  })

  test('lead to another site where a person presses a link, which tells that site nothing', () => {
    const links = page.flatMap(([file, text]) =>
      [...text.matchAll(/<a\b[^>]*target="_blank"[^>]*>/gs)].map(([tag]) => ({ file, tag })),
    )
    expect(links.length).toBeGreaterThan(0)
    expect(links.filter(({ tag }) => !/rel="noreferrer noopener"/.test(tag))).toEqual([])
  })

  test('name other sites only as words and as names of languages', () => {
    const named = page.flatMap(([file, text]) =>
      [...text.matchAll(/https?:\/\/[^\s'"`<>)]+/g)].map(([address]) => `${address} in ${file}`),
    )
    const fine =
      /^https?:\/\/(?:www\.w3\.org\/2000\/svg|elixir\.bootlin\.com\/linux\/v\{release\}|[\w-]+\.example\.org|127\.0\.0\.1:4173)/
    expect(named.filter((one) => !fine.test(one) && !/^https?:\/\/ in/.test(one))).toEqual([])
  })
})

test('the search sees a way out, and none in a comment', () => {
  const seen = (text: string): readonly string[] =>
    WAYS_OUT.filter(([, pattern]) => pattern.test(withoutComments(text))).map(([what]) => what)
  expect(seen(`navigator.sendBeacon('/x') // fetch`)).toEqual(['sendBeacon'])
  expect(seen('/** new WebSocket */ a = globalThis.fetch(b)')).toEqual(['fetch'])
  expect(seen('one.innerHTML = two; new Function(three)')).toEqual(['eval', 'markup from text'])
})

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/(^|[\s;{(,])\/\/.*$/gm, '$1')
}
