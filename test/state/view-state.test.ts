import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { mergeSpans } from '../../src/base/pfn-spans.ts'
import { readLinkText, writeLinkText } from '../../src/state/link-text.ts'
import { MOST_COMPARED } from '../../src/state/links/timeline-link.ts'
import { FLAME_AREAS, FLAME_INNERMOST, FLAME_ORDERS } from '../../src/state/links/flame-link.ts'
import { COMPARE_GROUPINGS, COMPARE_SORTS } from '../../src/state/links/compare-link.ts'
import { DIFFERENCE_DIMENSIONS } from '../../src/state/links/events-link.ts'
import { HELP_TOPICS } from '../../src/state/links/help-link.ts'
import { HEAT_MODE_IDS, MAP_MODE_IDS } from '../../src/state/links/map-link.ts'
import { TRIAGE_GROUPINGS, TRIAGE_SORTS, TRIAGE_VERDICTS } from '../../src/state/links/triage-link.ts'
import {
  OWNER_COMPARE_SORTS,
  OWNER_GROUPINGS,
  OWNER_MODES,
  OWNER_SORTS,
  OWNER_TREND_SORTS,
} from '../../src/state/links/owners-link.ts'
import { SESSION_CHOICES } from '../../src/state/links/session-link.ts'
import { VIEW_LINKS } from '../../src/state/links/view-links.ts'
import { upgradeLink } from '../../src/state/link-upgrade.ts'
import {
  DEFAULT_VIEW,
  parseView,
  serializeView,
  FILES_SECTIONS,
  PINNER_GROUPINGS,
  PINNER_SORTS,
  RECORD_TOOLS,
  RECORD_TRIGGERS,
  VIEW_IDS,
  type ViewState,
} from '../../src/state/view-state.ts'

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`))
const words = fc.string({ unit: 'grapheme', minLength: 1 })
const time = fc.bigInt({ min: 0n, max: 10n ** 19n - 1n }).map(String)
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

const orders = <const Word extends string>(sorts: readonly Word[]) =>
  fc.array(fc.record({ sort: fc.constantFrom(...sorts), isDescending: fc.boolean() }), { minLength: 1, maxLength: 3 })

const functionNames = fc
  .uniqueArray(fc.stringMatching(/^[a-z_]{1,12}( \[[a-z]{1,6}\])?$/), { minLength: 1, maxLength: 3 })
  .map((found) => found.toSorted())

const pfnSpansToKeep = fc
  .array(fc.record({ startPfn: fc.nat(), pages: fc.integer({ min: 1, max: 99 }) }), { maxLength: 3 })
  .map((spans) => mergeSpans(spans.map(({ startPfn, pages }) => ({ startPfn, endPfn: startPfn + pages }))))

const views: fc.Arbitrary<ViewState> = fc.record({
  view: fc.constantFrom(...VIEW_IDS),
  capture: maybe(
    fc.record(
      { fileName: words, hash: hex(16), set: fc.oneof(hex(8), fc.constant('')), sizeBytes: fc.nat() },
      { requiredKeys: ['fileName', 'hash', 'set'] },
    ),
  ),
  failure: maybe(words),
  pfn: maybe(fc.nat({ max: 2 ** 52 })),
  lifetime: maybe(fc.nat()),
  from: maybe(time),
  to: maybe(time),
  thresholdUs: fc.nat().map((thousandths) => thousandths / 1000),
  filter: fc.oneof(fc.constant(''), words),
  includeExpected: fc.boolean(),
  shownRules: fc.array(fc.stringMatching(/^[a-z0-9_-]{1,40}$/), { maxLength: 4 }),
  sort: maybe(fc.constantFrom('holds' as const, 'open' as const, 'holder' as const)),
  isAscending: fc.boolean(),
  grouping: fc.constantFrom(...PINNER_GROUPINGS),
  group: maybe(words),
  ruleSet: maybe(hex(8)),
  thenBy: fc.array(fc.record({ sort: fc.constantFrom(...PINNER_SORTS), isDescending: fc.boolean() }), { maxLength: 3 }),
  event: maybe(words),
  stack: maybe(hex(16)),
  eventName: maybe(words),
  recordKernel: maybe(words),
  recordTrigger: maybe(fc.constantFrom(...RECORD_TRIGGERS)),
  recordTool: maybe(fc.constantFrom(...RECORD_TOOLS)),
  recordSpans: maybe(
    fc
      .array(fc.record({ startPfn: fc.nat(), pages: fc.integer({ min: 1, max: 99 }) }), { maxLength: 4 })
      .map((spans) => mergeSpans(spans.map(({ startPfn, pages }) => ({ startPfn, endPfn: startPfn + pages })))),
  ),
  recordArea: maybe(words),
  recordBlock: maybe(fc.nat()),
  slice: maybe(fc.stringMatching(/^[\w-]{1,40}$/)),
  isRecordFromBoot: maybe(fc.constant(true as const)),
  mapMode: maybe(fc.constantFrom(...MAP_MODE_IDS)),
  mapWindow: maybe(pfnSpansToKeep),
  mapCell: maybe(pfnSpansToKeep),
  mapRange: maybe(pfnSpansToKeep),
  heatMode: maybe(fc.constantFrom(...HEAT_MODE_IDS)),
  isHeldAtFailure: maybe(fc.constant(true as const)),
  isHeatOff: maybe(fc.constant(true as const)),
  section: maybe(fc.constantFrom(...FILES_SECTIONS)),
  isFlame: maybe(fc.constant(true as const)),
  flameOrder: maybe(fc.constantFrom(...FLAME_ORDERS)),
  flameArea: maybe(fc.constantFrom(...FLAME_AREAS)),
  flameInnermost: maybe(fc.constantFrom(...FLAME_INNERMOST)),
  isFlameUpright: maybe(fc.constant(true as const)),
  flameRecursion: maybe(fc.constant(true as const)),
  flameModules: maybe(fc.constant(true as const)),
  flameCollapsed: maybe(functionNames),
  flameHidden: maybe(functionNames),
  flameSearch: maybe(words),
  flameFocus: maybe(hex(16)),
  flameFrame: maybe(hex(16)),
  triageGrouping: maybe(fc.constantFrom(...TRIAGE_GROUPINGS)),
  triageVerdict: maybe(fc.constantFrom(...TRIAGE_VERDICTS)),
  triageFilter: maybe(words),
  triageSort: maybe(fc.constantFrom(...TRIAGE_SORTS)),
  isTriageAscending: maybe(fc.constant(true as const)),
  isTriageFolded: maybe(fc.constant(true as const)),
  triageExcept: maybe(fc.array(words, { minLength: 1, maxLength: 3 })),
  hasTriageLines: maybe(fc.constant(true as const)),
  sessionChoice: maybe(fc.constantFrom(...SESSION_CHOICES)),
  isPresenting: maybe(fc.constant(true as const)),
  otherFile: maybe(fc.record({ fileName: words, hash: hex(16) })),
  otherSet: maybe(hex(8)),
  compareBy: maybe(fc.constantFrom(...COMPARE_GROUPINGS)),
  compareSort: maybe(fc.constantFrom(...COMPARE_SORTS)),
  isCompareAscending: maybe(fc.constant(true as const)),
  comparedRow: maybe(words),
  comparedFailure: maybe(words),
  otherEvent: maybe(words),
  eventQuery: maybe(words),
  eventColumns: maybe(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 5 })),
  difference: maybe(fc.constantFrom('interval' as const, 'matches' as const)),
  differenceBy: maybe(fc.constantFrom(...DIFFERENCE_DIMENSIONS)),
  helpTopic: maybe(fc.constantFrom(...HELP_TOPICS)),
  ownerMode: maybe(fc.constantFrom(...OWNER_MODES)),
  ownerDump: maybe(words),
  ownerBase: maybe(words),
  ownerGrouping: maybe(fc.constantFrom(...OWNER_GROUPINGS)),
  ownerGroup: maybe(words),
  ownerFilter: maybe(words),
  ownerSort: maybe(orders(OWNER_SORTS)),
  ownerCompareSort: maybe(orders(OWNER_COMPARE_SORTS)),
  ownerTrendSort: maybe(orders(OWNER_TREND_SORTS)),
  ownerSame: maybe(fc.constant(true as const)),
  comparedPfns: maybe(fc.uniqueArray(fc.nat({ max: 2 ** 52 }), { minLength: 1, maxLength: MOST_COMPARED })),
})

function throughLink(view: ViewState): ViewState {
  const { path, parameters } = serializeView(view)
  return parseView(path, readLinkText(writeLinkText(parameters)))
}

describe('the link', () => {
  test.prop([views])('gives back every state that was written to it', (view) => {
    expect(throughLink(view)).toEqual(view)
  })

  test('is readable', () => {
    const capture = { fileName: 'trace.txt.gz', sizeBytes: 81_263, hash: '1a2b3c4d5e6f7a8b', set: '00ff00ff' }
    const { path, parameters } = serializeView({
      ...DEFAULT_VIEW,
      view: 'pfn',
      capture,
      pfn: 0x1f4b4,
      event: 'a.txt:8',
    })
    expect(path + writeLinkText(parameters)).toBe(
      '/pfn?v=2&f=trace.txt.gz~1a2b3c4d5e6f7a8b~81263&set=00ff00ff&pfn=0x1f4b4&event=a.txt:8&end',
    )
  })

  test('says nothing of what is as usual', () => {
    expect(serializeView(DEFAULT_VIEW)).toEqual({ path: '/triage', parameters: { v: '2', end: '' } })
  })

  test.prop([fc.string(), fc.dictionary(fc.string(), fc.string())])('never throws on other text', (path, given) => {
    const view = parseView(path, readLinkText(writeLinkText(given)))
    expect(throughLink(view)).toEqual(view)
  })

  test.prop([fc.string()])('is read from any text without throwing', (text) => {
    expect(VIEW_IDS).toContain(parseView('/', readLinkText(text)).view)
  })

  test.each([
    ['pfn', '128180'],
    ['pfn', '0xZZ'],
    ['pfn', '0xffffffffffffff'],
    ['life', '-1'],
    ['from', '1.5'],
    ['threshold', '1e3'],
    ['stack', 'ABC'],
    ['sort', 'toString'],
    ['f', 'no-hash'],
    ['expected', 'yes'],
  ])('takes %s=%s as not said', (name, value) => {
    expect(parseView('/triage', { v: '1', [name]: value })).toEqual(parseView('/triage', {}))
  })

  test('goes to the failed ranges when it names no view', () => {
    expect(parseView('/', {}).view).toBe('triage')
    expect(parseView('/constructor', {}).view).toBe('triage')
  })

  test('knows a screen by the name that it had before', () => {
    expect(parseView('/ranges', {}).view).toBe('triage')
  })

  test('gives every value of every screen a name of its own', () => {
    const names = Object.values(VIEW_LINKS).map(({ name }) => name)
    expect(names.length).toBeGreaterThan(0)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('upgrading', () => {
  const steps = [
    (given: Readonly<Record<string, string>>) => ({ ...given, two: 'yes' }),
    (given: Readonly<Record<string, string>>) => ({ ...given, three: 'yes' }),
  ]

  test('takes each step from the version of the link on', () => {
    expect(upgradeLink({ v: '1' }, steps)).toEqual({ v: '1', two: 'yes', three: 'yes' })
    expect(upgradeLink({ v: '2' }, steps)).toEqual({ v: '2', three: 'yes' })
    expect(upgradeLink({ v: '3' }, steps)).toEqual({ v: '3' })
  })

  test('leaves a link of a later version or of none as it is', () => {
    expect(upgradeLink({ v: '9' }, steps)).toEqual({ v: '9' })
    expect(upgradeLink({ v: 'x' }, steps)).toEqual({ v: 'x' })
    expect(upgradeLink({}, steps)).toEqual({})
  })
})
