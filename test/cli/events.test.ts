import { expect, test, vi } from 'vitest'
import { parseArguments } from '../../src/cli/arguments.ts'
import { main } from '../../src/cli/main.ts'

const CAPTURE = 'test/fixtures/captures/socket-holds-file'

async function printed(...argv: readonly string[]): Promise<{ code: number; out: string; error: string }> {
  let out = ''
  let error = ''
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => (out += String(text)).length >= 0)
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => (error += String(text)).length >= 0)
  try {
    return { code: await main(argv), out, error }
  } finally {
    stdout.mockRestore()
    stderr.mockRestore()
  }
}

test('events are listed as rows, counted, and given as their own lines, all alike', async () => {
  const filter = ['--filter', 'op:mod_unless ret:0 or op:freeze']
  const rows = await printed('events', CAPTURE, ...filter)
  const raw = await printed('events', CAPTURE, '--raw', ...filter)
  const count = await printed('events', CAPTURE, '--count', ...filter)
  const json = await printed('events', CAPTURE, '--json', ...filter)
  const lines = rows.out.trimEnd().split('\n')
  expect(lines[0]).toMatch(/^ *time +cpu +task +event +pfn +operation +count +mapcount +class +stack +line$/)
  expect(count.out).toBe(`${lines.length - 1}\n`)
  const rawLines = raw.out.trimEnd().split('\n')
  expect(rawLines.length).toBe(lines.length - 1)
  expect(rawLines.every((line) => /page_ref_(mod_unless|freeze):/.test(line))).toBe(true)
  expect(JSON.parse(json.out)).toMatchObject({
    schema: 'pinscope.events/1',
    matching: lines.length - 1,
    listed: lines.length - 1,
    unknown: 0,
    rows: { length: lines.length - 1 },
  })
  expect([rows.code, raw.code, count.code, json.code]).toEqual([0, 0, 0, 0])
})

test('a limit leaves rows out and says so', async () => {
  const { out, error } = await printed('events', CAPTURE, '--limit', '3')
  expect(out.trimEnd().split('\n').length).toBe(4)
  expect(error).toMatch(/^pinscope: 3 of \d+ matching events listed\n$/)
})

test('a wrong filter is underlined where it is wrong, before any file is read', async () => {
  const { code, out, error } = await printed('events', 'no-such-file', '--filter', 'op:set cuont>3 cpu:x')
  expect([code, out]).toEqual([2, ''])
  expect(error).toBe(
    [
      '  op:set cuont>3 cpu:x',
      '         ^^^^^',
      '  no field cuont: quote the word to search for it',
      '  op:set cuont>3 cpu:x',
      '                     ^',
      '  x is no number: write cpu:0-3',
      'pinscope: the filter is not understood: pinscope events --help-filter documents it\n',
    ].join('\n'),
  )
})

test('the language is documented at the command line', async () => {
  const { out } = await printed('events', '--help-filter')
  expect(out).toContain('stack:~nvidia')
  expect(out).toContain('Not told:')
})

test.each([
  [['events'], 'events needs a file or a folder'],
  [['events', 'x', '--raw', '--json'], '--json and --raw exclude each other'],
  [['events', 'x', '--limit', 'many'], '--limit needs a number of rows'],
  [['events', 'x', '--filter'], 'needs a filter in quotes'],
  [['events', 'x', '--filters=y'], 'unknown option'],
])('%j is refused', (words, message) => {
  const parsed = parseArguments(words)
  expect(parsed.ok ? '' : parsed.error).toContain(message)
})
