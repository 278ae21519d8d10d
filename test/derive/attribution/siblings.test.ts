import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { REFERENCE_CLASSES } from '../../../src/derive/attribution/reference-class.ts'
import { siblingOf } from '../../../src/derive/attribution/siblings.ts'
import { type Derived } from '../../../src/derive/derived.ts'
import { type HoldRow } from '../../../src/derive/holds/hold-table.ts'
import { NONE } from '../../../src/model/ids.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { deriveTold as derive } from '../../support/derive-told.ts'
import { tell } from '../../support/tell.ts'

const BURST_NS = 2_000_000_000

/** By asking every hold. */
function slowSibling({ events }: Trace, { holds }: Derived, hold: HoldRow, moment: number): HoldRow | undefined {
  let best: HoldRow | undefined
  let nearest = BURST_NS
  for (let row = 0; row < holds.length; row++) {
    const other = row
    const [get, otherGet] = [holds.getRow[hold], holds.getRow[other]]
    if (other === hold || get === NONE || otherGet === NONE || events.stack[otherGet] < 0) continue
    if (holds.task[other] !== holds.task[hold] || holds.units[other] !== holds.units[hold]) continue
    if (holds.from[other] > moment || holds.to[other] < moment || events.kind[otherGet] !== events.kind[get]) continue
    const distance = Math.abs(holds.from[other] - holds.from[hold])
    if (distance >= nearest) continue
    nearest = distance
    best = other
  }
  return best !== undefined && REFERENCE_CLASSES[holds.class[best]].isExpected ? undefined : best
}

const event = fc.record({
  task: fc.constantFrom('a-1', 'b-2'),
  page: fc.integer({ min: 1, max: 5 }),
  amount: fc.constantFrom('+1', '+1', '+1024', '-1', '-1024'),
  stack: fc.constantFrom('', ' < grab[vpu]', ' < pin_user_pages', ' < folio_add_lru'),
  /** Tenths of a second to the next event: several at one time, some a burst apart. */
  pause: fc.constantFrom(0, 0, 1, 3, 25),
})

test.prop([fc.array(event, { minLength: 2, maxLength: 40 })], { numRuns: 200 })(
  'the sibling of a hold is the nearest of all that fit, whatever was asked before',
  (told) => {
    let tenths = 10
    const trace = tell(
      told
        .map(({ task, page, amount, stack, pause }) => {
          tenths += pause
          const time = `${Math.floor(tenths / 10)}.${tenths % 10}`
          return `${task} 0 ${time} ${amount} pfn=0x${page} count=2${stack}`
        })
        .join('\n'),
    )
    const derived = derive(trace)
    for (let row = 0; row < derived.holds.length; row++) {
      const hold = row
      for (const moment of [derived.holds.from[hold], derived.holds.from[hold] + 300_000_000]) {
        expect(siblingOf(trace, derived, hold, moment)).toBe(slowSibling(trace, derived, hold, moment))
      }
    }
  },
)
