import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { allOf, bothWays } from '../in-parts.ts'
import { crlf, sourceOf, traceOf } from '../read-bytes.ts'

/** Pieces so small that every line is read by itself: nothing is known as a whole. */
const LINE_BY_LINE = 7
const SLOW_MS = 60_000

const who = fc.constantFrom(
  '',
  ', pid 7, ts 5 ns',
  ', pid 7, ts 26935284538 ns, free_ts 0 ns',
  ', pid 7, ts 26935284538 ns, free_ts 99 ns tail',
  ', pid 7, tgid 7 (sh), ts 26935284538 ns',
  ', pid 7, tgid 7 (sh), ts 26935284999 ns, free_ts 12345678901 ns',
  ', pid 8, tgid 7 (a) (b), ts 1 ns), ts 2 ns',
  ', pid 8, tgid 7 (x, ts 5 ns), ts 2 ns',
  ', pid 8, tgid 7 (x, ts 5 ns\nab), ts 2 ns',
  ', pid 8, tgid 7 (), ts 18446744073709551615 ns',
  ', pid 9',
)
const lineOne = fc
  .tuple(fc.constantFrom('0', '0', '9', '-1'), fc.constantFrom('0x140cca(GFP_USER|__GFP_COMP)', '0x201da'), who)
  .map(([order, gfp, task]) => `Page allocated via order ${order}, mask ${gfp}${task}`)
const pfn = fc.constantFrom('0x1f481', '0x1f482', '0x1F481', '128129', '0x', '  128129', '0xfffffffffffffff')
const block = fc.constantFrom('250', '251', '')
const type = fc.constantFrom(' type Movable Block ', ' Block ', ' type Reclaimable 2 Block ', ' type Movable ')
const flags = fc.constantFrom(
  ' type CMA Flags 0x20808(uptodate|node=0)',
  ' type 2          Flags   RU L',
  ' type CMA',
  ' type Movable Flags 0x8(uptodate)',
)
const stack = fc.constantFrom(
  ' post_alloc_hook+0x10b/0x120\n get_page_from_freelist+0x326/0x1520',
  ' post_alloc_hook+0x10b/0x120\n get_page_from_freelist+0x326/0x1520\n __handle_mm_fault+0xff4/0x1700',
  '\tsym+0x1/0x2',
  ' post_alloc_hook+0x10b/0x120\n what is this\n sym+0x1/0x2',
)
const below = fc.constantFrom(
  'Page has been migrated, last migrate reason: compaction',
  'Page has been migrated, last migrate reason: cma',
  'Charged to memcg /',
  'Charged (via objcg) to memcg a+0x1/0x2',
  'Slab cache page',
  'handle: 4294901761',
  'handle: 12',
  'handle: -1',
  'sym+0x1/0x2',
  'vendor line 5',
)
/** Few texts for each place of a record: what was read once is known when it comes again, in whatever company. */
const texts = (text: fc.Arbitrary<string>): fc.Arbitrary<readonly string[]> =>
  fc.array(text, { minLength: 2, maxLength: 3 })
const linesBelow = fc
  .array(
    below.map((line) => `${line}\n`),
    { maxLength: 2 },
  )
  .map((lines) => lines.join(''))
const places = fc.tuple(
  texts(lineOne),
  texts(pfn),
  texts(type),
  texts(block),
  texts(flags),
  texts(fc.option(stack).map((frames) => (frames === null ? '' : `${frames}\n`))),
  texts(linesBelow),
)
/** Which text stands at each place, mostly the first, so that much comes again; then what befalls the record, and where. */
const choice = fc.tuple(
  fc.array(fc.constantFrom(0, 0, 0, 0, 0, 1, 2), { minLength: 7, maxLength: 7 }),
  fc.nat(40),
  fc.nat(9),
)
const FIRST = 'Page allocated via order 0, mask 0x0()\n'

/** A record as the kernel prints it; some have a line that is missing, doubled or spoilt, or come quoted. */
function recordOf(from: readonly (readonly string[])[], [at, fate, row]: readonly [number[], number, number]): string {
  const [first, pfnText, typeText, blockText, flagsText, frames, rest] = from.map(
    (some, k) => some[at[k] % some.length],
  )
  const text = `${first}\nPFN ${pfnText}${typeText}${blockText}${flagsText}\n${frames}${rest}\n`
  const lines = text.split('\n').slice(0, -1)
  const spoilt = row % lines.length
  if (fate === 0) lines.splice(spoilt, 1)
  if (fate === 1) lines.splice(spoilt, 0, lines[spoilt])
  if (fate === 2) lines[spoilt] = `${lines[spoilt]}\0`
  return lines.map((line) => `${fate === 3 ? '> ' : ''}${line}\n`).join('')
}

const dump = fc.tuple(places, fc.array(choice, { maxLength: 40 }), fc.nat(30)).map(([from, choices, cut]) => {
  const text = FIRST + choices.map((each) => recordOf(from, each)).join('')
  return cut < 25 ? text : text.slice(0, Math.max(FIRST.length, text.length + 25 - cut))
})

describe('records that are known as a whole', () => {
  test.prop([dump, fc.boolean()], { numRuns: 300 })(
    'say what they say line by line',
    async (text, isCrlf) => {
      const content = isCrlf ? crlf(text) : text
      const whole = allOf(await traceOf([sourceOf(content)]))
      expect(allOf(await traceOf([sourceOf(content, 'trace.txt', LINE_BY_LINE)]))).toEqual(whole)
    },
    SLOW_MS,
  )

  test.prop([dump, fc.integer({ min: 100, max: 3000 })], { numRuns: 100 })(
    'and in parts that others read',
    async (text, shardBytes) => void (await bothWays(text, shardBytes)),
    SLOW_MS,
  )
})
