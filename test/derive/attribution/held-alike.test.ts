import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { type AlikeQuestion, type HeldAlike, heldAlike } from '../../../src/derive/attribution/held-alike.ts'
import { type HoldTable } from '../../../src/derive/holds/hold-table.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { deriveTold as derive } from '../../support/derive-told.ts'
import { tell } from '../../support/tell.ts'

/** By asking every hold of the capture. */
function slowly(trace: Trace, holds: HoldTable, { stack, task, range, time }: AlikeQuestion): HeldAlike {
  const own = Array.from({ length: holds.length }, (_, row) => row).filter(
    (row) => holds.stack[row] === stack && holds.task[row] === task,
  )
  const open = own.filter((row) => {
    const pfn = trace.pages.pfn[holds.page[row]]
    return pfn >= range.startPfn && pfn < range.endPfn && holds.from[row] <= time && holds.to[row] >= time
  })
  return { pages: new Set(open.map((row) => holds.page[row])).size, taken: own.length }
}

const event = fc.record({
  task: fc.constantFrom('a-1', 'b-2'),
  page: fc.integer({ min: 1, max: 6 }),
  amount: fc.constantFrom('+1', '+1', '-1'),
  stack: fc.constantFrom(' < grab[vpu]', ' < grab[vpu]', ' < pin_user_pages'),
})

test.prop([fc.array(event, { minLength: 4, maxLength: 30 })], { numRuns: 60 })(
  'what a task holds by a stack is counted alike however often it was asked for',
  (told) => {
    // Pages are met in an order that is not that of their PFNs.
    const pfnOf = (page: number): string => `0x${((page * 5) % 7) + 1}`
    const lines = told.map(
      ({ task, page, amount, stack }, at) => `${task} 0 ${at + 1}.0 ${amount} pfn=${pfnOf(page)} count=2${stack}`,
    )
    const trace = tell(lines.join('\n'))
    const { holds } = derive(trace)
    for (let row = 0; row < holds.length; row++) {
      for (const [startPfn, endPfn] of [
        [1, 8],
        [2, 5],
        [5, 6],
        [8, 9],
      ]) {
        const time = holds.from[row] + (row % 3) * 1e9
        const question = { stack: holds.stack[row], task: holds.task[row], range: { startPfn, endPfn }, time }
        for (let again = 0; again < 6; again++)
          expect(heldAlike(trace, holds, question)).toEqual(slowly(trace, holds, question))
      }
    }
  },
)
