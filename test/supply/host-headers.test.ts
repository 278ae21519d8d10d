import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pageHeaders } from '../../src/cli/page-headers.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** What is written for a server, as README has it. */
function linesFor(server: string): readonly string[] {
  const block = readme.split(`\n\`\`\`${server}\n`)[1]?.split('\n```')[0] ?? ''
  return block.split('\n')
}

test.each([
  ['nginx', (name: string, value: string) => `add_header ${name} "${value}" always;`],
  ['apache', (name: string, value: string) => `Header always set ${name} "${value}"`],
  ['caddy', (name: string, value: string) => `\t${name} "${value}"`],
] as const)('README has for %s the headers that npm start sends', (server, write) => {
  const sent = Object.entries(pageHeaders([])).map(([name, value]) => write(asWritten(name), value))
  expect(linesFor(server).filter((line) => !/^header \{$|^\}$/.test(line))).toEqual(sent)
})

test('an origin that may embed the page is named in the policy, and opens it in a window', () => {
  const headers = pageHeaders(['https://ci.example.org'])
  expect(headers['content-security-policy']).toMatch(/; frame-ancestors 'self' https:\/\/ci\.example\.org$/)
  expect(headers['cross-origin-opener-policy']).toBe('unsafe-none')
})

/** `Content-Security-Policy`. */
function asWritten(name: string): string {
  return name.replaceAll(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase())
}
