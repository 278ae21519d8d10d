import { type Derived } from '../../derive/derived.ts'
import { NONE } from '../../model/ids.ts'
import { SLICE_VERSION, type SliceAbout, type SliceFile } from '../../model/slice-file.ts'
import { type SourceFile } from '../../model/source-file.ts'
import { type Trace } from '../../model/trace.ts'
import { stackHashOf } from '../../derive/stack-hash.ts'
import { readSessionFile, sessionFile } from '../../session/session-file.ts'
import { EMPTY_SESSION } from '../../session/session.ts'
import { type BugReportAbout, type PersonSaid } from '../../queries/bug-report-question.ts'
import { type ReadLinesOf } from '../../queries/raw-text.ts'
import { chooseLines } from '../../queries/slice/choose-lines.ts'
import { gatherLines } from '../../queries/slice/gather-lines.ts'
import { writeBugReport } from '../mail/bug-report.ts'
import { type BugReportFacts } from '../mail/bug-report-facts.ts'
import { classesOf, lostClasses } from './classes-lost.ts'
import { gzipSlice, packSlice } from './pack-slice.ts'
import { redactSlice, SliceNames } from './redact-slice.ts'
import { redactFacts } from './redact-facts.ts'
import { redactSaid, saidOfSlice } from './said-of-slice.ts'
import { type Redactable, type SliceAnswer, type SliceCounts, type SliceQuestion } from './slice-question.ts'
import { toldLines } from './told-lines.ts'

/** A capture, and how it and its slices are read. */
export interface SliceMaker {
  readonly trace: Trace
  /** Its files, with hashes that were put off as far as they are known by now. */
  readonly files: readonly SourceFile[]
  readonly derived: Derived
  readonly readLinesOf: ReadLinesOf
  /** What a text on a finding is made of, with the text of its lines; absent where none is asked for. */
  readonly factsOf?: (about: BugReportAbout, session?: PersonSaid) => Promise<BugReportFacts>
  /** Reads the JSON of a slice as whoever gets it will; the failure in words. */
  readonly reread: (json: string) => Promise<{ readonly trace: Trace; readonly derived: Derived } | string>
}

/**
 * The slice that proves a finding, with what it says by itself: it is read again, as it will be. O(events) for choosing, then
 * what is chosen.
 */
export async function buildSlice(maker: SliceMaker, question: SliceQuestion): Promise<SliceAnswer> {
  const { trace, derived, readLinesOf, reread } = maker
  const { about, link, redact, text } = question
  const chosen = chooseLines(trace, derived, about)
  if (chosen === undefined) return { found: false }
  const files = await gatherLines(trace, maker.files, chosen, readLinesOf)
  const plain: SliceFile = {
    pinscope: 'slice',
    version: SLICE_VERSION,
    about,
    link,
    files: files.map((file) => ({ ...file, spans: file.spans.map(([first, last]) => [first, last]) })),
    redacted: trace.files.find(({ excerpt }) => excerpt)?.excerpt?.slice.redacted.slice() ?? [],
    told: [...toldLines(trace, derived, about)],
    ...(chosen.leftOut.length === 0 ? {} : { leftOut: [...chosen.leftOut] }),
  }
  const session = readSessionFile(question.said)
  const facts = text && (await maker.factsOf?.(reportAbout(about), text.session))
  const names = namesOf(trace, plain, question, facts)
  const slice = redactSlice(plain, redact, names)
  const json = JSON.stringify(slice)
  const [before, after] = [slice === plain ? undefined : await reread(JSON.stringify(plain)), await reread(json)]
  const known = { slice, json, packed: packSlice(json), gz: gzipSlice(json) }
  if (typeof after === 'string') return { found: true, ...known, ...NOTHING_READ, problem: after }
  const original = typeof before === 'object' ? before : after
  const said = session.ok
    ? saidOfSlice(session.value, {
        failures: new Set(chosen.failures),
        stacks: stacksAs(original.trace, after.trace),
        files: maker.files.map((file, at) => ({ known: file, member: slice.files[at] })),
      })
    : EMPTY_SESSION
  const redactedSaid = slice === plain && redact.people !== true ? said : redactSaid(said, names)
  return {
    found: true,
    ...known,
    ...(said.size === 0 ? {} : { said: sessionFile(redactedSaid) }),
    ...(text && facts ? { text: writeBugReport(redactFacts(facts, names), text.format) } : {}),
    counts: countsOf(after.trace),
    redactable: redactableOf(original.trace),
    here: toldLines(after.trace, after.derived, about),
    classesLost: lostClasses(classesOf(original, chosen.pfns), classesOf(after, chosen.pfns)),
    problem: '',
  }
}

/** The finding of a slice, as texts ask for it. */
function reportAbout(about: SliceAbout): BugReportAbout {
  if (about.kind === 'page') return { kind: 'page', pfn: Number.parseInt(about.pfn, 16) }
  return { kind: 'failure', id: about.failure }
}

function namesOf(
  { tasks, strings }: Trace,
  plain: SliceFile,
  { redact, said }: SliceQuestion,
  facts: BugReportFacts | undefined,
): SliceNames {
  const along = `${JSON.stringify(facts ?? '')}${JSON.stringify(said ?? '')}`
  const names = new SliceNames(plain, redact, along)
  const comms = new Set<string>()
  for (let task = 0; task < tasks.length; task++) comms.add(strings.text(tasks.comm[task]))
  for (const comm of comms) if (along.includes(comm)) names.learnTask(comm)
  return names
}

/** Hashes of the stacks of a slice, each with that of the same stack once names were replaced. */
function stacksAs(before: Trace, after: Trace): ReadonlyMap<string, string> {
  const as = new Map<string, string>()
  const rows = Math.min(before.events.length, after.events.length)
  for (let row = 0; row < rows; row++) {
    const [was, now] = [before.events.stack[row], after.events.stack[row]]
    if (was !== NONE && now !== NONE) as.set(stackHashOf(before, was), stackHashOf(after, now))
  }
  return as
}

const NOTHING_READ = {
  counts: { events: 0, stacks: 0, tasks: 0, symbols: 0 },
  redactable: { comms: [], pids: 0, symbols: [] },
  here: [],
  classesLost: [],
}

function countsOf({ events, tasks, frames }: Trace): SliceCounts {
  const stacks = new Set<number>()
  for (let row = 0; row < events.length; row++) if (events.stack[row] !== NONE) stacks.add(events.stack[row])
  return { events: events.length, stacks: stacks.size, tasks: tasks.length, symbols: frames.length }
}

function redactableOf({ tasks, frames, strings }: Trace): Redactable {
  const comms = new Set<string>()
  const pids = new Set<number>()
  for (let task = 0; task < tasks.length; task++) {
    comms.add(strings.text(tasks.comm[task]))
    pids.add(tasks.pid[task])
  }
  const symbols = new Set<string>()
  for (let frame = 0; frame < frames.length; frame++)
    for (const name of [frames.module[frame], frames.symbol[frame]]) if (name !== NONE) symbols.add(strings.text(name))
  return { comms: [...comms].toSorted(), pids: pids.size, symbols: [...symbols].toSorted() }
}
