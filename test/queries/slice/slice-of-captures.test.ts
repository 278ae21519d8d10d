import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Culprit } from '../../../src/derive/attribution/finding.ts'
import { findPageFacts, type OwnerAnswer } from '../../../src/queries/page-facts.ts'
import { buildTimeline } from '../../../src/queries/timeline.ts'
import { openedSlice, readCapture, type ReadCapture, sliceOf } from '../../support/slice-of.ts'

const FOLDER = new URL('../../fixtures/captures/', import.meta.url)
const CAPTURES = readdirSync(FOLDER, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
)
/** Blocking pages of a range that are looked at: a range of a GiB has thousands, held alike. */
const MOST_PAGES = 12

function filesOf(capture: string): readonly File[] {
  const folder = new URL(`${capture}/`, FOLDER)
  return readdirSync(folder)
    .filter((name) => name !== 'truth.json')
    .map((name) => new File([readFileSync(new URL(name, folder))], name))
}

/** Both tests of a capture ask the same one; the next takes its place. */
let opened: { readonly name: string; readonly capture: Promise<ReadCapture> } | undefined

function wholeCapture(name: string): Promise<ReadCapture> {
  if (opened?.name !== name) opened = { name, capture: readCapture(filesOf(name)) }
  return opened.capture
}

/** Who holds the pages of a range, surest first, by page. */
function holdersOf({ derived }: ReadCapture, id: string, sure: Sure = (share) => share): ReadonlyMap<number, unknown> {
  const finding = derived.findings.find(({ range }) => range.id === id)
  const told = (all: readonly Culprit[]): unknown => all.map((culprit) => said(culprit, sure))
  return new Map(finding?.pages.map(({ pfn, verdict, culprits }) => [pfn, [verdict, told(culprits)]]))
}

type Sure = (confidence: number) => unknown

/** As sure, but for lines of the capture that a slice of it does not have. */
const aboutAsSure: Sure = (confidence) => expect.closeTo(confidence, 1)

/** What is said of a holder: ids of tables are a capture's own. */
function said(culprit: Culprit, sure: Sure): unknown {
  const { comm, pid, function: name, module, kind, heldFrom, heldTo, units, anyOf, confidence } = culprit
  return { comm, pid, name, module, class: culprit.class, kind, heldFrom, heldTo, units, anyOf, sure: sure(confidence) }
}

function blockingPfns({ derived }: ReadCapture): readonly number[] {
  return [...new Set(derived.findings.flatMap(({ pages }) => pages.slice(0, MOST_PAGES).map(({ pfn }) => pfn)))]
}

function timelineOf({ trace, derived }: ReadCapture, pfn: number): unknown {
  return buildTimeline(trace, derived, { pfn, lifetime: 0, columns: 2000 })
}

/** How page_owner's clock stands to the trace's is told by many allocations, which a slice does not have. */
function withoutClock(owner: OwnerAnswer): OwnerAnswer {
  return { ...owner, clockNote: '' }
}

describe.each(CAPTURES)('of %s', (name) => {
  test('the slice of each blocking page gives the timeline of the whole capture', async () => {
    const whole = await wholeCapture(name)
    const pfns = blockingPfns(whole)
    expect(pfns.length > 0 || name === 'healthy').toBe(true)
    for (const pfn of pfns) {
      const made = await sliceOf(whole, { kind: 'page', pfn: `0x${pfn.toString(16)}` })
      const slice = await openedSlice(made.json)
      expect(timelineOf(slice, pfn)).toEqual(timelineOf(whole, pfn))
      expect(slice.trace.files.map(({ name: file }) => file)).toEqual(whole.trace.files.map(({ name: file }) => file))
      expect(slice.trace.files.map(({ hash }) => hash)).toEqual(whole.trace.files.map(({ hash }) => hash))
      const [facts, wholeFacts] = [slice, whole].map(({ trace, derived }) => findPageFacts(trace, derived, { pfn }))
      expect(facts.owners.map(withoutClock)).toEqual(wholeFacts.owners.map(withoutClock))
      expect(facts.dumps).toEqual(wholeFacts.dumps)
      expect(facts.pinners).toEqual(wholeFacts.pinners)
    }
  })

  test('the slice of each failed range names the same holders, and every line is accounted for', async () => {
    const whole = await wholeCapture(name)
    for (const { range } of whole.derived.findings.slice(0, 3)) {
      const made = await sliceOf(whole, { kind: 'range', failure: range.id })
      expect(made.problem).toBe('')
      const slice = await openedSlice(made.json)
      const found = slice.derived.findings.find((finding) => finding.range.id === range.id)
      expect(found?.range).toMatchObject({ startPfn: range.startPfn, endPfn: range.endPfn, time: range.time })
      const [held, heldInAll] = [holdersOf(slice, range.id), holdersOf(whole, range.id, aboutAsSure)]
      expect(held.size > 0 || heldInAll.size === 0).toBe(true)
      for (const [pfn, holders] of held) expect([pfn, holders]).toEqual([pfn, heldInAll.get(pfn)])
      for (const { ledger, excerpt } of slice.trace.files) {
        expect(ledger.parsed + ledger.skipped + ledger.rejected).toBe(ledger.total)
        expect(ledger.rejected).toBe(0)
        expect(excerpt?.lines.length).toBe(ledger.total)
      }
    }
  })
})

test('lines of a slice are the lines of the file under the same numbers', async () => {
  const text = readFileSync(new URL('offline-unmovable/trace.txt', FOLDER), 'utf8').split('\n')
  const whole = await readCapture(filesOf('offline-unmovable'))
  const { slice } = await sliceOf(whole, { kind: 'page', pfn: '0x20000' })
  const member = slice.files.find((file) => file.name === 'trace.txt')
  const numbers = (member?.spans ?? []).flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, at) => first + at),
  )
  expect(numbers.length).toBeGreaterThan(10)
  expect(member?.text.split('\n')).toEqual(numbers.map((number) => text[number - 1]))
})

test('a range that the capture does not have gives no slice', async () => {
  const whole = await readCapture(filesOf('seed-example'))
  await expect(sliceOf(whole, { kind: 'range', failure: 'another' })).rejects.toThrow('nothing to make a slice of')
})
