import { describe, expect, test } from 'vitest'
import { agreementOf } from '../../src/derive/clock-agreement.ts'
import { ownerClockNote } from '../../src/derive/owner-clock.ts'
import { pinnerClockNote, traceTimeOfPinner } from '../../src/derive/pinner-clock.ts'
import { type Trace } from '../../src/model/trace.ts'
import { tellCapture } from '../support/tell-capture.ts'
import { tracedText } from '../support/tell.ts'

describe('two clocks', () => {
  test('agree when one act is at one time in both', () => {
    expect(agreementOf([[7e9, 20_000], [9e9]])).toEqual({ kind: 'agrees', acts: 1 })
  })

  test('differ by a span that several acts tell alike', () => {
    expect(agreementOf([[3e9], [3e9 + 40], [5e9, 9e9]])).toEqual({ kind: 'differs', byNs: 3e9 + 40, acts: 2 })
    expect(agreementOf([[-3e9], [-3e9], [8e9]])).toMatchObject({ kind: 'differs', byNs: -3e9, acts: 2 })
  })

  test('are untold by one act, by acts that contradict each other, and by none', () => {
    expect(agreementOf([[3e9]])).toEqual({ kind: 'untold' })
    expect(agreementOf([[3e9], [5e9], [7e9], [9e9]])).toEqual({ kind: 'untold' })
    expect(agreementOf([])).toEqual({ kind: 'untold' })
  })
})

const STACK = ['drv_release', 'drv_close', '__fput']
const PUTS = `
  drv-9 0 2.500000 -1 pfn=0x180 count=1 < folio_put ${STACK.join(' ')}
  drv-9 0 2.600000 -1 pfn=0x190 count=1 < folio_put ${STACK.join(' ')}
`

/** The put that page_pinner records of a page at a time, in seconds. */
function put(ts: number, pfn: number): string {
  const frames = ['__page_pinner_put', ...STACK].map((frame) => ` ${frame}+0x1/0x2\n`).join('')
  return `Page pinned ts ${Math.round(ts * 1e6)} us count 1\nPFN ${pfn} Block 0 type CMA Flags 0x0()\n${frames}\n`
}

function pinned(...records: readonly string[]): Promise<Trace> {
  return tellCapture({ trace: tracedText(PUTS), pinner: records.join('') })
}

describe('page_pinner’s clock', () => {
  test('is taken for the trace’s, and said to be, when no record is in the trace too', async () => {
    const trace = await pinned(put(2.5, 0x777))
    expect(pinnerClockNote(trace)).toContain('taken to run with the clock of the trace')
    expect(traceTimeOfPinner(trace, 2_500_000)).toBe(500_000_000)
  })

  test('needs no assumption when a put is in both at one time', async () => {
    expect(pinnerClockNote(await pinned(put(2.500051, 0x180), put(9, 0x777)))).toBe('')
  })

  test('is ahead by what the machine slept, when puts say so: its times are moved, which is said', async () => {
    const trace = await pinned(put(102.50005, 0x180), put(102.60005, 0x190))
    expect(pinnerClockNote(trace)).toBe(
      'page_pinner prints CLOCK_BOOTTIME, which is 100.000 s ahead of the clock of the trace by 2 records that the trace has too: its times are moved by that',
    )
    expect(traceTimeOfPinner(trace, 102_700_050)).toBe(700_000_000)
  })

  test('does not compare with a trace that counts from 1970', async () => {
    const wall = tracedText(PUTS).replace(/ 2\.(\d{6}):/g, ' 1763735202.$1:')
    const trace = await tellCapture({ trace: wall, pinner: put(2.5, 0x180) })
    expect(traceTimeOfPinner(trace, 2_500_000)).toBeUndefined()
    expect(pinnerClockNote(trace)).toBe(
      'page_pinner prints CLOCK_BOOTTIME, the trace prints seconds since 1970: the two do not compare',
    )
  })
})

const BIRTHS = `
  app-7 0 1.000000 set 1 pfn=0x200 count=1
  app-7 0 1.100000 set 1 pfn=0x201 count=1
`

function owned(seconds: readonly number[]): Promise<Trace> {
  const dump = seconds.map(
    (
      at,
      index,
    ) => `Page allocated via order 0, mask 0xcc0(GFP_KERNEL), pid 7, tgid 7 (app), ts ${Math.round(at * 1e9)} ns
PFN 0x${(0x200 + index).toString(16)} type Unmovable Block 1 type Movable Flags 0x0()
 prep_new_page+0x2d/0x5e

`,
  )
  return tellCapture({ trace: tracedText(BIRTHS), owners: dump.join('') })
}

describe('page_owner’s clock', () => {
  test('needs no word when an allocation is in both at one time', async () => {
    expect(ownerClockNote(await owned([0.999_998, 7]))).toBe('')
  })

  test('is said to differ by what allocations in both tell', async () => {
    expect(ownerClockNote(await owned([0.9565, 1.056_501]))).toBe(
      'local_clock, 43.499 ms behind the trace’s clock by 2 allocations in both',
    )
  })

  test('is assumed, and said to be, when no allocation tells', async () => {
    expect(ownerClockNote(await owned([77]))).toBe('local_clock, taken for the trace’s clock, which no file names')
  })
})
