import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readOverview } from '../../../src/queries/overview.ts'
import { readCapture, sliceOf } from '../../support/slice-of.ts'

const FOLDER = new URL('../../fixtures/captures/leaky-driver-61/', import.meta.url)
const FILES = readdirSync(FOLDER)
  .filter((name) => name !== 'truth.json')
  .map((name) => new File([readFileSync(new URL(name, FOLDER))], name))

const whole = await readCapture(FILES)
const failure = whole.derived.findings[0].range.id
const sliceFile = async (redact: object, name: string): Promise<File> => {
  const { json } = await sliceOf(whole, { kind: 'range', failure }, redact)
  return new File([json], name)
}
const holdersOf = ({ derived }: typeof whole): readonly string[] =>
  derived.findings.flatMap(({ pages }) => pages.flatMap(({ culprits }) => culprits.map(({ comm }) => comm)))

test.each([
  ['before', true],
  ['behind', false],
])('a slice under other names %s the whole files makes no second holder', async (_, isFirst) => {
  const slice = await sliceFile({ comms: true, pids: true }, 'slice.json')
  const both = await readCapture(isFirst ? [slice, ...FILES] : [...FILES, slice])
  expect(both.trace.events.length).toBe(whole.trace.events.length)
  expect(holdersOf(both)).toEqual(holdersOf(whole))
  expect(both.trace.files.some(({ excerpt }) => excerpt !== undefined)).toBe(false)
  const left = both.trace.files.filter(({ notices }) =>
    notices.some((text) => text.includes('the whole file is open as')),
  )
  expect(left.length).toBe(FILES.length)
  expect(both.derived.findings.length).toBe(whole.derived.findings.length)
})

test('a slice beside whole files makes no slice of the capture, and says of its own files what it is', async () => {
  const slice = await sliceFile({ comms: true }, 'slice.json')
  const alone = await readCapture([slice])
  expect(readOverview(alone.trace, alone.derived).slice).toMatchObject({ redacted: ['comms'] })
  const other = new File(
    ['<6>[    5.100000] page: refcount:1 mapcount:0 mapping:0 index:0x1 pfn:0x17ac9\n'],
    'other.txt',
  )
  const mixed = await readCapture([slice, other])
  expect(mixed.trace.files.at(-1)?.format).toBe('dmesg')
  expect(readOverview(mixed.trace, mixed.derived).slice).toBeUndefined()
  const notices = mixed.trace.files.filter(({ excerpt }) => excerpt !== undefined).map((one) => one.notices.join())
  for (const notice of notices) expect(notice).toMatch(/slice: \d+ of \d+ \w+ of the file/)
})

test('two slices of a file under different names are not read together', async () => {
  const [plain, renamed] = [await sliceFile({}, 'a.json'), await sliceFile({ comms: true }, 'b.json')]
  const one = await readCapture([plain])
  const both = await readCapture([plain, renamed])
  expect(both.trace.events.length).toBe(one.trace.events.length)
  expect(holdersOf(both)).toEqual(holdersOf(one))
  expect(both.trace.files.flatMap(({ notices }) => notices).join()).toContain('under other names')
})
