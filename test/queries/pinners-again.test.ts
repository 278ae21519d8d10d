import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { type Derived } from '../../src/derive/derived.ts'
import { rowsOf } from '../../src/base/group-index.ts'
import { type PageId } from '../../src/model/ids.ts'
import { findPageRules } from '../../src/queries/page-rules.ts'
import { COUNTED, HIDDEN_SHORT, judgeHolds } from '../../src/queries/pinner-choice.ts'
import { findPinners, type PinnersQuestion } from '../../src/queries/pinners.ts'
import { PINNER_GROUPINGS } from '../../src/queries/pinner-keys.ts'
import { PINNER_SORTS } from '../../src/queries/pinner-sort.ts'
import { referenceStory } from '../support/random-story.ts'
import { toldCapture } from '../support/told-capture.ts'

const question: fc.Arbitrary<PinnersQuestion> = fc.record({
  grouping: fc.constantFrom(...PINNER_GROUPINGS),
  thresholdNs: fc.constantFrom(0, 20_000, 300_000_000),
  includeExpected: fc.boolean(),
  shownRules: fc.constantFrom([], ['mapping'], ['lru']),
  filter: fc.constantFrom('', 'drv', 'leaky', '7', 'nobody'),
  sort: fc.constantFrom(...PINNER_SORTS),
  isDescending: fc.boolean(),
  opened: fc.constantFrom([], ['drv-9'], ['leaky_grab [leaky]', 'driver']),
  withBlockers: fc.boolean(),
  offset: fc.constant(0),
  limit: fc.constantFrom(2, 100),
})

/** The same tables as others: nothing that was kept of the ones is found with them. */
function anew(derived: Derived): Derived {
  return { ...derived, holds: { ...derived.holds } }
}

test.prop([referenceStory(), fc.array(question, { minLength: 2, maxLength: 8 })])(
  'what was asked before changes no answer',
  (story, questions) => {
    const { trace, derived } = toldCapture(story)
    for (const asked of [...questions, ...questions])
      expect(findPinners(trace, derived, asked)).toEqual(findPinners(trace, anew(derived), asked))
  },
)

test.prop([referenceStory(), fc.constantFrom(0, 20_000, 300_000_000), fc.boolean()])(
  'what is hidden of a page is what the list of all holds hides of it, whether that was made before or not',
  (story, thresholdNs, includeExpected) => {
    const { trace, derived } = toldCapture(story)
    const choice = { thresholdNs, includeExpected }
    for (let page = 0; page < trace.pages.length; page++) {
      const pfn = trace.pages.pfn[page]
      const early = findPageRules(trace, anew(derived), { pfn, choice })
      const verdicts = judgeHolds(trace, derived, { ...choice, filter: '' })
      const rows = rowsOf(derived.holds.byPage, page as PageId)
      const own = Array.from({ length: rows.length }, (_, at) => verdicts[rows[at]])
      expect(early).toEqual(findPageRules(trace, derived, { pfn, choice }))
      expect(early).toMatchObject({
        holds: own.length,
        hidden: own.filter((verdict) => verdict !== COUNTED).length,
        short: own.filter((verdict) => verdict === HIDDEN_SHORT).length,
      })
    }
  },
)
