import { compareDigests } from '../queries/compare/compare.ts'
import { findCompareDigest, wholeDigest } from '../queries/compare/compare-digest.ts'
import { findCompareRow } from '../queries/compare/compare-row.ts'
import { eventsDifferenceOf, differenceSoFar } from '../queries/events-difference.ts'
import { countEventsOverTime } from '../queries/events-histogram.ts'
import { findEventsSoFar } from '../queries/events.ts'
import { chooseEvents } from '../queries/event-filter.ts'
import { assistFilter } from '../queries/filter-assist.ts'
import { findFailure, findFailures } from '../queries/failures.ts'
import { findFlame } from '../queries/flame/flame.ts'
import { foldFlame } from '../queries/flame/flame-folded.ts'
import { findFlameFrame } from '../queries/flame/flame-frame.ts'
import { findKernelNotes } from '../queries/kernel-notes.ts'
import { findMachineFacts } from '../queries/machine-answer.ts'
import { findMapCells } from '../queries/map/map-cells.ts'
import { judgeBlockers } from '../queries/map/map-counts.ts'
import { mapHeatSteps } from '../queries/map/map-heat.ts'
import { findMapSpace } from '../queries/map/map-space.ts'
import { mapUnit } from '../queries/map/map-unit.ts'
import { findMapUnits } from '../queries/map/map-units.ts'
import { compareOwners } from '../queries/owners/compare-owners.ts'
import { findMisplaced } from '../queries/owners/misplaced-pages.ts'
import { findOwnerPages } from '../queries/owners/owner-pages.ts'
import { findOwnerTrend } from '../queries/owners/owner-trend.ts'
import { findOwners } from '../queries/owners/owners.ts'
import { findPageFacts } from '../queries/page-facts.ts'
import { findPageRules } from '../queries/page-rules.ts'
import { findPinnerHolds } from '../queries/pinner-holds.ts'
import { countAtThresholds } from '../queries/pinner-thresholds.ts'
import { findPinners } from '../queries/pinners.ts'
import { type RawLinesQuestion } from '../queries/raw-lines.ts'
import { fillRawText } from '../queries/raw-text.ts'
import { nextRecording } from '../queries/record/next-recording.ts'
import { previewRule } from '../queries/rule-preview.ts'
import { rulesAnswer } from '../queries/rules-answer.ts'
import { search } from '../queries/search.ts'
import { findStackTotals } from '../queries/stack-totals.ts'
import { buildTimeline } from '../queries/timeline.ts'
import { findTriage, findTriagePlace } from '../queries/triage.ts'
import { writeBugReport } from '../report/mail/bug-report.ts'
import { type BugReportQuestion } from '../queries/bug-report-question.ts'
import { type BugReportFacts, gatherBugReport } from '../report/mail/bug-report-facts.ts'
import { spilledBytesOf } from '../snapshot/spill-columns.ts'
import { driveOn, runsOf } from './drive-on.ts'
import { runToEnd } from './run-with-pauses.ts'
import { answerSlice, answerSliceTold } from './slice-answer.ts'
import { spillRefusalOf } from './spill-large.ts'
import { type Capture } from './capture.ts'
import { problemOf } from './bridge-problem.ts'
import { type AskResult, type QuestionName, type Questions } from './protocol.ts'

/** Answers one kind of question over a capture. */
export type Answerer<Name extends QuestionName> = (
  capture: Capture,
  question: Questions[Name]['question'],
) => Promise<AskResult<Name>>

/** Every question's answerer: the only place that knows which tables a query needs. */
export const ANSWERS: { readonly [Name in QuestionName]: Answerer<Name> } = {
  overview: async (capture) => ok(capture.overview()),
  failures: async (capture, { thresholdNs }) => ok(findFailures(capture.trace, capture.derivedFor(thresholdNs))),
  failure: async (capture, question) =>
    withRaw(capture, findFailure(capture.trace, capture.derivedFor(question.thresholdNs), question)),
  triage: async (capture, question) =>
    ok(findTriage(capture.trace, capture.derivedFor(question.thresholdNs), question)),
  triagePlace: async (capture, question) =>
    ok(findTriagePlace(capture.trace, capture.derivedFor(question.thresholdNs), question)),
  // No holds are told of, so that none need be paired for it.
  pageFacts: async (capture, question) =>
    withRaw(capture, findPageFacts(capture.trace, capture.derivedFor(), question)),
  timeline: async (capture, question) =>
    ok(buildTimeline(capture.trace, capture.derivedForPage(question.pfn), question)),
  events: async (capture, question) => {
    const derived = capture.derivedFor()
    await driveOn(runsOf(chooseEvents(capture.trace, derived, question)))
    return ok(findEventsSoFar(capture.trace, question, derived))
  },
  eventsHistogram: async (capture, question) => {
    const derived = capture.derivedFor()
    await driveOn(runsOf(chooseEvents(capture.trace, derived, question)))
    return ok(countEventsOverTime(capture.trace, derived, question))
  },
  eventsDifference: async (capture, question) => {
    const derived = capture.derivedFor()
    const { chosen, run } = eventsDifferenceOf(capture.trace, derived, question)
    await driveOn([...runsOf(chosen), run])
    return ok(differenceSoFar(capture.trace, derived, question))
  },
  filterAssist: async (capture, question) => ok(assistFilter(capture.trace, question)),
  pinners: async (capture, question) => ok(findPinners(capture.trace, capture.derivedFor(), question)),
  pinnerHolds: async (capture, question) => ok(findPinnerHolds(capture.trace, capture.derivedFor(), question)),
  pinnerThresholds: async (capture, question) => ok(countAtThresholds(capture.trace, capture.derivedFor(), question)),
  flame: async (capture, question) => ok(findFlame(capture.trace, capture.derivedFor(), question)),
  flameFrame: async (capture, question) => ok(findFlameFrame(capture.trace, capture.derivedFor(), question)),
  flameFolded: async (capture, question) => ok(foldFlame(capture.trace, capture.derivedFor(), question)),
  stackTotals: async (capture, question) => ok(findStackTotals(capture.trace, question)),
  owners: async (capture, question) => ok(findOwners(capture.trace, question)),
  ownerPages: async (capture, question) => ok(findOwnerPages(capture.trace, question)),
  misplacedOwners: async (capture, question) => ok(findMisplaced(capture.trace, question)),
  compareOwners: async (capture, question) => ok(compareOwners(capture.trace, question)),
  ownerTrend: async (capture, question) => ok(findOwnerTrend(capture.trace, question)),
  rules: async (capture, question) => ok(rulesAnswer(capture.trace, capture.derivedFor(), question)),
  pageRules: async (capture, question) =>
    ok(findPageRules(capture.trace, capture.derivedForPage(question.pfn), question)),
  rulePreview: async (capture, question) => ok(previewRule(capture.trace, capture.derivedFor(), question)),
  search: async (capture, question) => ok(search(capture.trace, capture.derivedFor(), question)),
  machine: async (capture, question) => ok(findMachineFacts(capture.trace, question)),
  kernelNotes: async (capture, question) => ok(findKernelNotes(capture.trace, question)),
  nextRecording: async (capture) => ok(nextRecording(capture.trace, capture.derivedFor())),
  // Of holds that are not paired yet the answers say so; they are asked anew when all are.
  mapSpace: async (capture, { thresholdNs }) => ok(findMapSpace(capture.trace, capture.derivedFor(thresholdNs))),
  mapCells: async (capture, question) => {
    const derived = capture.derivedFor(question.thresholdNs)
    if (question.mode === 'excess') await runToEnd(judgeBlockers(capture.trace, derived, question.spans))
    return ok(findMapCells(capture.trace, derived, question, !capture.isWhole))
  },
  mapUnit: async (capture, { startPfn, endPfn, thresholdNs }) =>
    ok(mapUnit(capture.trace, capture.derivedFor(thresholdNs), startPfn, endPfn)),
  mapUnits: async (capture, question) =>
    ok(findMapUnits(capture.trace, capture.derivedFor(question.thresholdNs), question, !capture.isWhole)),
  mapHeat: async (capture, question) =>
    ok(
      await runToEnd(mapHeatSteps(capture.trace, capture.derivedFor(question.thresholdNs), question, !capture.isWhole)),
    ),
  compareDigest: async (capture, { choice }) =>
    ok(findCompareDigest(capture.trace, capture.derivedFor(choice.thresholdNs), choice)),
  compare: async (capture, { other, ...question }) => {
    const derived = capture.derivedFor(question.choice.thresholdNs)
    return ok(compareDigests(other, wholeDigest(capture.trace, derived, question.choice), question))
  },
  compareRow: async (capture, question) =>
    ok(findCompareRow(capture.trace, capture.derivedFor(question.choice.thresholdNs), question)),
  rawLines: answerRawLines,
  bugReport: async (capture, { format, ...asked }) =>
    ok({ text: writeBugReport(await bugReportFacts(capture, asked), format) }),
  slice: async (capture, question) => {
    const { thresholdNs } = question
    return ok(
      await answerSlice(capture, question, {
        readLinesOf: (file, lines) => rawTexts(capture, file, lines),
        factsOf: (about, session) =>
          bugReportFacts(capture, { about, thresholdNs, ...(session === undefined ? {} : { session }) }),
      }),
    )
  },
  sliceTold: async (capture, { thresholdNs }) => ok(answerSliceTold(capture, thresholdNs)),
  spilled: async ({ trace }) => ok({ sizeBytes: spilledBytesOf(trace), refused: spillRefusalOf(trace) }),
}

/** Questions that are about all holds: they are answered when all are paired. */
export const ABOUT_ALL_HOLDS: ReadonlySet<QuestionName> = new Set([
  'pinners',
  'pinnerHolds',
  'compareDigest',
  'compare',
  'compareRow',
  'pinnerThresholds',
  'flame',
  'flameFrame',
  'flameFolded',
  'rules',
  'rulePreview',
])

/** Lines answered at once at most: more than any screen shows. */
const MOST_RAW_LINES = 5000

async function answerRawLines(
  capture: Capture,
  { file, line, count }: RawLinesQuestion,
): Promise<AskResult<'rawLines'>> {
  const { files } = capture.trace
  if (!(file in files)) return { ok: false, problem: problemOf('wrong_file', `no file ${file} among ${files.length}`) }
  const first = Math.max(1, line)
  const { ledger, excerpt } = files[file]
  const last = Math.min(excerpt?.total ?? ledger.total, first + Math.min(count, MOST_RAW_LINES) - 1)
  const found = await capture.textsOf(file).readWindow(first, last)
  if (!found.ok) return ok({ file, line: first, lines: [], problem: found.error })
  const numbers = excerpt === undefined ? {} : { numbers: [...found.value.keys()] }
  return ok({ file, line: first, lines: [...found.value.values()], ...numbers, problem: '' })
}

function ok<T>(answer: T): { readonly ok: true; readonly answer: T } {
  return { ok: true, answer }
}

/** What a text on a finding is made of, with the text of its lines. */
async function bugReportFacts(
  capture: Capture,
  { about, thresholdNs, session }: Omit<BugReportQuestion, 'format'>,
): Promise<BugReportFacts> {
  const derivedOf = (pfn: number): ReturnType<typeof capture.derivedFor> => capture.derivedForPage(pfn)
  const gathered = gatherBugReport(capture.trace, capture.derivedFor(thresholdNs), about, derivedOf, session)
  return (await withRaw(capture, gathered)).answer
}

async function withRaw<T>(capture: Capture, answer: T): Promise<{ readonly ok: true; readonly answer: T }> {
  return ok(await fillRawText(answer, (file, lines) => rawTexts(capture, file, lines)))
}

/** A file that can no longer be read says so in place of each text. */
async function rawTexts(
  capture: Capture,
  file: number,
  lines: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const found = await capture.textsOf(file).read(lines)
  return found.ok ? found.value : new Map(lines.map((line) => [line, `(${found.error})`]))
}
