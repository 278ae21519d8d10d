import { counted } from '../../base/counted.ts'
import { formatShare } from '../../base/share.ts'
import { type Derived } from '../../derive/derived.ts'
import { hasRefEvents } from '../../derive/has-ref-events.ts'
import { isRefKind, kindOf } from '../../model/event-kind.ts'
import { NONE } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { timeAnswer, traceSpan } from '../time-answer.ts'
import { hasExcess, type OpenPage } from './open-pages.ts'

/** Something that a capture lacks, and what to do about it. */
export interface NextReason {
  readonly kind:
    | 'no_failure'
    | 'no_refs'
    | 'no_stacks'
    | 'lost'
    | 'began_before'
    | 'no_failure_events'
    | 'no_owner'
    | 'answered'
  /** A sentence. */
  readonly text: string
}

const FAILURE_KINDS = ['test_pages_isolated', 'cma_alloc_finish', 'cma_alloc', 'mm_compaction_end'] as const

/** What these files lack, most telling first. O(events). */
export function missingIn(trace: Trace, derived: Derived, pages: readonly OpenPage[]): readonly NextReason[] {
  const reasons = [
    noFailure(derived),
    noRefs(trace),
    beganBefore(trace, derived),
    noStacks(trace),
    lost(trace),
    noFailureEvents(trace, derived),
    noOwner(trace),
  ].filter((reason) => reason !== undefined)
  const isAnswered = derived.findings.length > 0 && pages.length === 0
  if (!isAnswered) return reasons
  const text = 'Each blocking page has a holder that is likely enough: another recording would only confirm it.'
  return [{ kind: 'answered', text }, ...reasons]
}

function noFailure({ findings }: Derived): NextReason | undefined {
  if (findings.length > 0) return undefined
  return { kind: 'no_failure', text: 'No failed range is in these files: record while it fails.' }
}

function noRefs(trace: Trace): NextReason | undefined {
  if (hasRefEvents(trace)) return undefined
  const text = 'No page_ref events: the kernel needs CONFIG_DEBUG_PAGE_REF=y, and the events must be on.'
  return { kind: 'no_refs', text }
}

/** A reference that was there at the failure and has no get: it was taken before the trace, or where it is blind. */
function beganBefore(trace: Trace, derived: Derived): NextReason | undefined {
  if (!hasRefEvents(trace)) return undefined
  const early = derived.findings.flatMap((finding) =>
    finding.pages.filter((page) => page.culprits.length === 0 && hasExcess(trace, derived, finding, page)),
  )
  if (early.length === 0) return undefined
  const begin = timeAnswer(trace, traceSpan(trace).from).text
  const pages = `${counted(early.length, 'page')} ${early.length === 1 ? 'has' : 'have'}`
  return {
    kind: 'began_before',
    text: `${pages} references without a get: they were taken before the trace began at ${begin}, or where it lost events. Begin the trace before what takes them.`,
  }
}

function noStacks({ events }: Trace): NextReason | undefined {
  let refs = 0
  let bare = 0
  for (let row = 0; row < events.length; row++) {
    if (!isRefKind(events.kind[row])) continue
    refs++
    if (events.stack[row] === NONE) bare++
  }
  if (bare === 0) return undefined
  const share =
    bare === refs ? 'No page_ref event has a stack' : `${formatShare(bare, refs)} of the page_ref events have no stack`
  return { kind: 'no_stacks', text: `${share}: set the option stacktrace, or give perf -g.` }
}

function lost({ losses }: Trace): NextReason | undefined {
  const told = losses.filter(({ kind }) => kind === 'lost' || kind === 'overrun' || kind === 'start')
  if (told.length === 0) return undefined
  const text = 'Events were lost: trace fewer pages, or take a larger buffer.'
  return { kind: 'lost', text }
}

/** Where a failure is known it was told: offlining, for one, fails without any of these events. */
function noFailureEvents({ events }: Trace, { findings }: Derived): NextReason | undefined {
  if (findings.length > 0) return undefined
  const wanted = new Set<number>(FAILURE_KINDS.map(kindOf))
  for (let row = 0; row < events.length; row++) if (wanted.has(events.kind[row])) return undefined
  if (events.length === 0) return undefined
  const text = 'No event tells of an attempt: turn on page_isolation, cma, migrate and, for huge pages, compaction.'
  return { kind: 'no_failure_events', text }
}

function noOwner({ owners }: Trace): NextReason | undefined {
  if (owners.length > 0) return undefined
  return {
    kind: 'no_owner',
    text: 'No page_owner dump: who allocated the pages is not known. Boot with page_owner=on.',
  }
}
