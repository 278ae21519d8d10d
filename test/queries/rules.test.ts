import { describe, expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { findPageRules } from '../../src/queries/page-rules.ts'
import { findPinners } from '../../src/queries/pinners.ts'
import { countByRule } from '../../src/queries/rule-counts.ts'
import { previewRule } from '../../src/queries/rule-preview.ts'
import { rulesAnswer, rulesMark } from '../../src/queries/rules-answer.ts'
import { chooseRules, type RuleChoice } from '../../src/derive/attribution/rule-set.ts'
import { tell } from '../support/tell.ts'
import { FAULT, GRAB } from '../support/told-stacks.ts'

const RELEASE = '__page_ref_mod_and_test folio_put leaky_release[leaky] vfs_ioctl'
const BATCH = '__page_ref_mod folio_add_lru do_anonymous_page handle_mm_fault'
const PIN = '__page_ref_mod try_grab_folio pin_user_pages leaky_pin[leaky]'

const STORY = `
  app-7 0 1.0 set 1 count=1 < ${FAULT}
  app-7 0 1.1 +1 count=2 < ${BATCH}
  drv-9 0 1.2 +1 unless count=3 < ${GRAB}
  drv-9 0 1.3 +1024 count=1027 < ${PIN}
  drv-9 0 2.0 -1 count=1026 < ${RELEASE}
  oth-8 0 9.0 set 1 pfn=0x900 < ${FAULT}
`
const CHOICE = { thresholdNs: 0, includeExpected: false, filter: '' }
const trace = tell(STORY)
const derived = derive(trace)

const MINE = {
  id: 'mine',
  class: 'mapping',
  on: 'both',
  frames: ['leaky_\\w+'],
  reason: 'mine',
  source: 'a.c',
} as const

const PAIR = { id: 'pair-mine', get: ['leaky_grab'], put: ['leaky_release'], reason: 'mine', source: 'a.c' }

test('every known pair is told with the holds that it fits, a person’s own first, those that are off in their places', () => {
  const before = rulesAnswer(trace, derived, { choice: CHOICE }).pairs
  expect(before.find(({ id }) => id === 'pair-driver-module')).toMatchObject({ origin: 'pinscope', holds: 1 })
  const changed = derive(trace, { extraPairs: [PAIR], disabledRuleIds: ['pair-ksm'] })
  const { pairs } = rulesAnswer(trace, changed, { choice: CHOICE })
  expect(pairs[0]).toEqual({ ...PAIR, origin: 'added', isOff: false, holds: 1 })
  expect(pairs.slice(1).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  expect(pairs.filter(({ isOff }) => isOff).map(({ id }) => id)).toEqual(['pair-ksm'])
  expect(pairs.find(({ id }) => id === 'pair-driver-module')?.holds).toBe(0)
})

test('every rule is counted by stacks, events, holds and what it hides; the sums are those of the pinners', () => {
  const counts = countByRule(trace, derived, CHOICE)
  expect(counts.get('lru-batch')).toEqual({ stacks: 1, events: 1, holds: 1, hidden: 1 })
  expect(counts.get('driver')).toEqual({ stacks: 2, events: 2, holds: 1, hidden: 0 })
  expect(counts.get('pin-amount')).toEqual({ stacks: 1, events: 1, holds: 1, hidden: 0 })
  const { sums, hidden } = findPinners(trace, derived, {
    ...CHOICE,
    sort: 'total',
    isDescending: true,
    offset: 0,
    limit: 9,
  })
  const total = [...counts.values()].reduce((sum, { holds }) => sum + holds, 0)
  expect(total).toBe(sums.holds + hidden.expected + hidden.short)
  expect([...counts.values()].reduce((sum, one) => sum + one.hidden, 0)).toBe(hidden.expected + hidden.short)
})

test('a rule that is off keeps its place in the list, and decides nothing', () => {
  const off = derive(trace, { disabledRuleIds: ['driver'] })
  const { rules } = rulesAnswer(trace, off, { choice: CHOICE })
  expect(rules.map(({ id }) => id)).toEqual(rulesAnswer(trace, derived, { choice: CHOICE }).rules.map(({ id }) => id))
  expect(rules.find(({ id }) => id === 'driver')).toMatchObject({ isOff: true, events: 0, holds: 0 })
  expect(rules.find(({ id }) => id === 'gup-get')).toMatchObject({ events: 1, holds: 1 })
})

test.each<[RuleChoice, string, RegExp]>([
  [{}, 'rules: built-in v', /^$/],
  [{ disabledRuleIds: ['driver', 'ksm'] }, ', 2 switched off', /^off:driver,ksm$/],
  [{ extraRules: [MINE], disabledRuleIds: ['ksm'] }, ' + 1 of yours, 1 switched off', /^[0-9a-f]{8}$/],
  [{ disabledRuleIds: ['pair-ksm', 'driver'] }, ', 2 switched off', /^off:driver,pair-ksm$/],
  [{ extraPairs: [PAIR] }, ' + 1 pair of yours', /^[0-9a-f]{8}$/],
])('%j is told in a few words and a short link', (choice, words, link) => {
  const mark = rulesMark(chooseRules(choice))
  expect(mark.words).toContain(words)
  expect(mark.link).toMatch(link)
})

describe('the preview of a rule', () => {
  test('tells stack by stack what the rule would decide, and what that hides', () => {
    const preview = previewRule(trace, derived, { rule: MINE })
    expect(preview).toMatchObject({
      isRight: true,
      fits: { stacks: 3, events: 3 },
      decides: { stacks: 3, events: 3, holds: 2 },
      hides: 2,
      reveals: 0,
    })
    const stacks = preview.isRight ? preview.stacks : []
    expect(stacks.map(({ frame, rule, ruleThen }) => [frame, rule, ruleThen])).toContainEqual([
      'leaky_grab',
      'driver',
      'mine',
    ])
    const judged = countByRule(trace, derive(trace, { extraRules: [MINE] }), CHOICE)
    expect(judged.get('mine')).toMatchObject({ stacks: 3, events: 3, holds: 2 })
  })

  test('says which stacks fit though another rule decides', () => {
    const rule = { ...MINE, frames: ['do_anonymous_page'], after: 'driver' }
    expect(previewRule(trace, derived, { rule })).toMatchObject({
      fits: { stacks: 1, events: 1 },
      decides: { stacks: 0, events: 0, holds: 0 },
    })
  })

  test('names the field that is wrong, and the line of it', () => {
    const wrong = previewRule(trace, derived, { rule: { ...MINE, frames: ['a', 'b('] } })
    expect(wrong).toMatchObject({ isRight: false, problem: { field: 'frames', at: 1 } })
    expect(previewRule(trace, derived, { rule: { ...MINE, class: 'pin' } })).toMatchObject({
      problem: { field: 'class', message: expect.stringMatching(/is one of allocation/) as unknown },
    })
  })
})

test('what of a page is hidden among the pinners is told by rule', () => {
  const answer = findPageRules(trace, derived, { pfn: 0x100, choice: CHOICE })
  expect(answer.holds).toBe(answer.hidden + 2)
  expect(answer.rules.map(({ id, holds }) => [id, holds])).toEqual([
    ['set', 1],
    ['lru-batch', 1],
  ])
  expect(findPageRules(trace, derived, { pfn: 0x100, choice: { ...CHOICE, shownRules: ['lru'] } }).hidden).toBe(1)
})

test('a rule of a person on pins wins over their amount, in the preview, the list and the pinners alike', () => {
  const fast = 'try_grab_folio_fast gup_fast_fallback pin_user_pages_fast vpu_map_buf[vpu] vfs_ioctl'
  const pins = tell(`
    app-7 0 1.0 set 1 count=1 < ${FAULT}
    app-7 0 1.1 +1 unless count=2 < __page_ref_mod_unless ${fast}
    app-7 0 1.100001 +1023 count=1025 < __page_ref_mod ${fast}
    app-7 0 1.2 set 1 pfn=0x200 count=1 < ${FAULT}
    app-7 0 1.3 +1023 pfn=0x200 count=1025 < __page_ref_mod ${fast}
    oth-8 0 9.0 set 1 pfn=0x900 < ${FAULT}
  `)
  const rule = { ...MINE, id: 'vpu', class: 'driver', frames: ['vpu_map_\\w+'] } as const
  const preview = previewRule(pins, derive(pins), { rule })
  if (!preview.isRight) throw new Error(JSON.stringify(preview.problem))
  expect([...new Set(preview.stacks.map(({ classThen }) => classThen))]).toEqual(['driver'])
  const judged = derive(pins, { extraRules: [rule] })
  const listed = rulesAnswer(pins, judged, { choice: CHOICE }).rules.find(({ id }) => id === 'vpu')
  expect([preview.decides.holds, listed?.holds]).toEqual([2, 2])
  const asked = { ...CHOICE, sort: 'total', isDescending: true, offset: 0, limit: 9 } as const
  expect(findPinners(pins, judged, asked).rows.map((row) => [row.classes, row.holds])).toEqual([
    [['driver'], 1],
    [['driver'], 1],
  ])
  expect(Array.from(judged.holds.units).filter((units) => units > 1)).toEqual([1024, 1024])
})

test('what hides a hold has one name and one count in the chips and in the list of rules', () => {
  const told = tell(`
    app-7 0 1.0 set 1 count=1 < ${FAULT}
    mover-3 0 1.1 freeze 1 count=0 < __page_ref_freeze __migrate_folio migrate_folio
    mover-3 0 1.2 unfreeze 2 count=2 < __page_ref_unfreeze __migrate_folio migrate_folio
    app-7 0 1.3 +1 pfn=0x300 count=3
    app-7 0 1.4 -1 pfn=0x300 count=2 < __page_ref_mod_and_test folio_put zap_pte_range unmap_vmas
    oth-8 0 9.0 set 1 pfn=0x900 < ${FAULT}
  `)
  const judged = derive(told)
  const asked = { ...CHOICE, sort: 'total', isDescending: true, offset: 0, limit: 9 } as const
  const chips = findPinners(told, judged, asked).noise.flatMap(({ rules }) => rules.map(({ id, holds }) => [id, holds]))
  const { rules, fixed, pageTold, unclassified } = rulesAnswer(told, judged, { choice: CHOICE })
  const hiding = [...rules, ...fixed, ...pageTold].filter(({ hidden }) => hidden > 0)
  expect(new Map(hiding.map(({ id, holds }) => [id, holds]))).toEqual(new Map(chips as [string, number][]))
  expect(pageTold).toMatchObject([{ id: 'page-told-page-cache', class: 'page_cache', holds: 1 }])
  expect(hiding.map(({ id }) => id)).toContain('unmap')
  expect(unclassified.holds).toBe(0)
})
