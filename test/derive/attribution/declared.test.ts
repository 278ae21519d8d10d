import { expect, test } from 'vitest'
import { type ClassRule } from '../../../src/derive/attribution/class-rules.ts'
import { REFERENCE_CLASSES, type ReferenceClassId } from '../../../src/derive/attribution/reference-class.ts'
import { classLayersOf } from '../../../src/derive/counts/class-layers.ts'
import { deriveTold as derive, type ToldFinding } from '../../support/derive-told.ts'
import { failureSentence } from '../../../src/queries/sentence.ts'
import { tell } from '../../support/tell.ts'
import { FAULT, GRAB, SPLICE } from '../../support/told-stacks.ts'

const SCAN = '__page_ref_mod_unless isolate_migratepages_block isolate_migratepages_range'
const UNSCAN = '__page_ref_mod_and_test isolate_migratepages_block isolate_migratepages_range'

/** A page mapped once that a driver holds while it is looked at and found wanting, and something after. */
const story = (more = '', after = '', met = 3): string => `
  app-7 0 1.0 set 1 count=1 mapcount=-1 < ${FAULT}
  drv-9 0 1.2 +1 unless count=2 mapcount=0 < ${GRAB}
  ${more}
  init-1 1 1.8 cma_alloc_start: name=reserved count=256 align=0
  init-1 1 1.9 +1 unless count=${met} mapcount=0 < ${SCAN}
  init-1 1 1.9001 -1 count=${met - 1} mapcount=0 < ${UNSCAN}
  init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
  ${after}
  oth-8 0 9.0 set 1 pfn=0x900 < ${FAULT}
`

const ruleOf = (of: ReferenceClassId): ClassRule => ({
  id: 'mine',
  class: of,
  on: 'both',
  frames: ['leaky_\\w+'],
  reason: 'mine',
  source: 'drivers/leaky.c',
})

function findingOf(text: string, rule: ClassRule): ToldFinding {
  return derive(tell(text), { extraRules: [rule] }).findings[0]
}

const EXPECTED = REFERENCE_CLASSES.filter(({ isExpected }) => isExpected).map(({ id }) => id)

test.each(EXPECTED)(
  'a holder that a rule calls %s is nobody to blame, and the answer says whose word that is',
  (of) => {
    const { pages, caveats, verdict } = findingOf(story(), ruleOf(of))
    expect(verdict).toBe('unknown')
    expect(pages[0].culprits).toEqual([])
    expect(pages[0].reason).toMatch(/drv-9 in leaky_grab \[leaky\] counts as expected by your rule mine/)
    expect(pages[0].evidence[0].text).toMatch(/^\+1 by drv-9 .* counts as expected by your rule mine: /)
    expect(caveats[0]).toMatch(/^your rules count references as expected .*: mine on 1 page$/)
  },
)

test('the sentence names the rule that leaves nobody', () => {
  const trace = tell(story())
  const derived = derive(trace, { extraRules: [ruleOf('mapping')] })
  const [finding] = derived.findings
  expect(failureSentence(trace, derived, finding, finding.pages[0])).toMatch(/counts as expected by your rule mine/)
})

test('another holder of the same page stays named', () => {
  const { pages, verdict } = findingOf(story(`cam-6 1 1.3 +1 unless count=3 mapcount=0 < ${SPLICE}`), ruleOf('mapping'))
  expect(verdict).toBe('held')
  expect(pages[0].culprits.map(({ comm }) => comm)).toEqual(['cam'])
})

test('a rule of an unexpected class changes what a holder is called, and nothing else', () => {
  const { pages, caveats } = findingOf(story(), ruleOf('io'))
  expect(pages[0].culprits.map(({ comm, class: of }) => [comm, of])).toEqual([['drv', 'io']])
  expect(caveats).toEqual(derive(tell(story())).findings[0].caveats)
})

test('a switched off rule lets its gets fall to the next one, and nobody is declared by that', () => {
  const { findings } = derive(tell(story()), { disabledRuleIds: ['driver', 'gup-get'] })
  expect(findings[0].pages[0].culprits.map(({ class: of }) => of)).toEqual(['unknown'])
})

test.each(['mapping', 'page_cache', 'lru', 'allocation'] as const)(
  'the excess shrinks by what a rule calls %s, once',
  (of) => {
    const trace = tell(story(`cam-6 1 1.3 +1 unless count=3 mapcount=0 < ${SPLICE}`, '', 4))
    const page = trace.pages.find(0x100)
    const usual = classLayersOf(trace, derive(trace), page)
    const judged = classLayersOf(trace, derive(trace, { extraRules: [ruleOf(of)] }), page)
    expect(usual.excess[usual.length - 1]).toBe(2)
    expect(judged.excess[judged.length - 1]).toBe(1)
  },
)

test('a rule that tells pinscope of a mapping that the page shows takes nothing from the excess', () => {
  const text = `
    app-7 0 1.0 set 1 count=1 mapcount=-1 < ${FAULT}
    app-7 0 1.1 +1 count=2 mapcount=0 < try_get_folio leaky_map
    cam-6 1 1.3 +1 unless count=3 mapcount=1 < ${SPLICE}
    cam-6 1 1.4 +0 count=3 mapcount=1 < ${SPLICE}
  `
  const trace = tell(text)
  const judged = classLayersOf(trace, derive(trace, { extraRules: [ruleOf('mapping')] }), trace.pages.find(0x100))
  expect(judged.excess[judged.length - 1]).toBe(1)
})
