import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseArguments } from '../../src/cli/arguments.ts'
import { type PageCommand } from '../../src/cli/page-arguments.ts'
import { runPage } from '../../src/cli/page-command.ts'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinscope-test-'))
  await writeFile(join(folder, 'trace.txt'), `${tracedText(LEAK)}\n`)
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function page(options: Partial<PageCommand> = {}): Promise<string> {
  const result = await runPage({ kind: 'page', pfn: 0x100, isJson: false, paths: [folder], ...options })
  return result.ok ? result.value : `failed: ${result.error}`
}

test.each([
  [['page', '0x17ac9', 'a'], { pfn: 0x17ac9, paths: ['a'], isJson: false }],
  [['page', '96969', 'a', '--json'], { pfn: 96969, paths: ['a'], isJson: true }],
  [['page', '17ac9', 'a', 'b'], { pfn: 0x17ac9, paths: ['a', 'b'], isJson: false }],
  [
    [
      'page',
      '--from',
      '1.5',
      '--to=2.000000',
      '--lifetime',
      '0',
      '--events',
      '3',
      '--threshold-us',
      '5',
      '0x1',
      '--',
      '-a',
    ],
    { pfn: 1, paths: ['-a'], isJson: false, from: '1.5', to: '2.000000', lifetime: 0, events: 3, thresholdNs: 5000 },
  ],
])('%j is understood', (argv, command) => {
  expect(parseArguments(argv)).toEqual({ ok: true, value: { kind: 'page', ...command } })
})

test.each([
  [['page'], 'page needs a PFN first'],
  [['page', 'trace.txt'], 'page needs a PFN first'],
  [['page', '0x1'], 'page 0x1 needs a file'],
  [['page', '0x1', 'a', '--from', 'noon'], '--from needs a time'],
  [['page', '0x1', 'a', '--lifetime', '-1'], '--lifetime needs'],
  [['page', '0x1', 'a', '--scale'], 'unknown option --scale'],
])('%j is refused in words', (argv, words) => {
  expect(parseArguments(argv)).toEqual({ ok: false, error: expect.stringContaining(words) })
})

test('the page is told as text, with the lines that the holder is known by', async () => {
  const text = await page()
  expect(text).toMatch(/^pfn 0x100 {2}/)
  expect(text).toMatch(/leaky_grab \[leaky\] +drv-9 .*trace\.txt:\d+/)
})

test('evidence has its raw lines in the JSON', async () => {
  const json: unknown = JSON.parse(await page({ isJson: true }))
  expect(JSON.stringify(json)).toContain('page_ref_mod_unless: pfn=0x100')
})

test('a window before the failure has the events of that time alone', async () => {
  expect(await page({ from: '1.0', to: '1.1' })).toContain('events 1 of 1 in the window')
})

test.each([
  [{ from: '2.0', to: '1.0' }, 'failed: --to 1.0 is before --from 2.0'],
  [{ lifetime: 7 }, 'failed: --lifetime 7: this page has 1'],
])('%j is refused in words once the files are read', async (options, words) => {
  expect(await page(options)).toBe(words)
})
