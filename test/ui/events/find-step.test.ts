import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { findEvents } from '../../../src/queries/events.ts'
import { findStep, type StepWish } from '../../../src/ui/events/find-step.ts'
import { traceFromText } from '../../support/trace-from-text.ts'

const COUNT = 30
const trace = traceFromText(
  Array.from({ length: COUNT }, (_, at) => {
    const pfn = at % 3 === 2 ? '0x20' : '0x10'
    return `  cat-61  [000] ..... ${at}.000000: page_ref_mod: pfn=${pfn} flags=none count=2 mapcount=0 mapping=(nil) mt=0 val=1\n`
  }).join(''),
)
/** Lines of the events of page 0x10, in order. */
const LINES = Array.from({ length: COUNT }, (_, at) => at + 1).filter((line) => line % 3 !== 0)

async function lineAfter(wish: Omit<StepWish, 'filters'>): Promise<number | undefined> {
  const event = await findStep(async (question) => findEvents(trace, question), { filters: { pfn: 0x10 }, ...wish })
  return event?.place.line
}

describe('steps through the events of a page', () => {
  test.prop([fc.nat(LINES.length - 1), fc.integer({ min: -40, max: 40 })])(
    'lead as far as they go, and stop at either end',
    async (at, by) => {
      const wanted = LINES[Math.min(Math.max(at + by, 0), LINES.length - 1)]
      expect(await lineAfter({ from: `trace.txt:${LINES[at]}`, by })).toBe(wanted)
    },
  )

  test.each([
    ['nothing is selected', undefined],
    ['the selected event is of another page', 'trace.txt:3'],
    ['the selected line has no event', 'trace.txt:99'],
    ['the link is no place', 'elsewhere'],
  ])('begin at the first or last event where %s', async (_what, from) => {
    expect(await lineAfter({ from, by: 1 })).toBe(LINES[0])
    expect(await lineAfter({ from, by: 3 })).toBe(LINES[2])
    expect(await lineAfter({ from, by: -1 })).toBe(LINES.at(-1))
    expect(await lineAfter({ from, by: -40 })).toBe(LINES[0])
    expect(await lineAfter({ from, by: 0 })).toBeUndefined()
  })

  test('begin among those in sight', async () => {
    const firstNs = trace.events.time[0]
    const start = { from: firstNs + 5e9, to: firstNs + 10e9 }
    expect(await lineAfter({ from: undefined, by: 1, start })).toBe(7)
    expect(await lineAfter({ from: undefined, by: -1, start })).toBe(11)
  })

  test('lead nowhere where there is none, and where the answer fails', async () => {
    expect(
      await findStep(async (question) => findEvents(trace, question), {
        filters: { pfn: 0x99 },
        from: undefined,
        by: 1,
      }),
    ).toBeUndefined()
    expect(await findStep(async () => undefined, { filters: {}, from: 'trace.txt:1', by: 1 })).toBeUndefined()
  })
})
