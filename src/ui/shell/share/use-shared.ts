import { useMemo } from 'react'
import { formatPfn, formatPfnRange } from '../../../base/pfn.ts'
import { type FailureAnswer } from '../../../queries/wire.ts'
import { withEventAsLinked } from '../../../state/event-in-link.ts'
import { linkedCaptureOf } from '../../../state/linked-capture.ts'
import { writeLinkText } from '../../../state/link-text.ts'
import { type Capture } from '../../../state/capture-store.ts'
import {
  type BugReportAnswer,
  type BugReportQuestion,
  type SliceAnswer,
  type SliceQuestion,
} from '../../../state/shared-answers.ts'
import { type QueryState, shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { serializeView, thresholdNsOf, type ViewState } from '../../../state/view-state.ts'

/** The page, or the failed range, that is shared. */
export type SharedAbout = SliceQuestion['about']

/** Something that can be shared, with its name in words. */
export interface Sharable {
  readonly about: SharedAbout
  readonly name: string
}

/**
 * What can be shared of what is looked at, the likeliest first: what is selected, else what the screens show when nothing is.
 * None where no range failed and no page is chosen; undefined while that is not known.
 */
export function useSharables(): readonly Sharable[] | undefined {
  const [view] = useView()
  const answer = shownOf(useQuery('failures', { thresholdNs: thresholdNsOf(view) }))
  if (answer === undefined) return undefined
  const { failures } = answer
  const failure =
    failures.find(({ id }) => id === view.failure) ?? failures.find(({ blockingCount }) => blockingCount > 0)
  const pfn = view.pfn ?? failure?.blockingPfns.at(0)
  const page = pfn === undefined ? [] : [pageOf(pfn)]
  const range =
    failure === undefined ? [] : [{ about: { kind: 'range', failure: failure.id }, name: rangeName(failure) } as const]
  return view.view === 'pfn' ? [...page, ...range] : [...range, ...page]
}

function pageOf(pfn: number): Sharable {
  return { about: { kind: 'page', pfn: formatPfn(pfn) }, name: `the page ${formatPfn(pfn)}` }
}

function rangeName({ trigger, startPfn, endPfn, time, printedTime }: FailureAnswer): string {
  const when = time?.text ?? printedTime
  return `the failed range ${trigger} ${formatPfnRange(startPfn, endPfn)}${when === '' ? '' : ` at ${when}`} with its blocking pages`
}

/** The view as a link has it behind the `#`, without a slice. */
export function useSharedLink({ overview }: Capture, about: SharedAbout | undefined): string {
  const [view] = useView()
  return useMemo(() => {
    const linked = linkedCaptureOf(view.capture, overview.files)
    const capture = linked.status === 'named' ? linked.capture : view.capture
    const linkedView = { ...view, ...selectionOf(about), slice: undefined, capture }
    const { path, parameters } = serializeView(withEventAsLinked(linkedView, overview.files))
    return path + writeLinkText(parameters)
  }, [view, about, overview.files])
}

/** What is shared is what is selected for whoever opens it. */
function selectionOf(about: SharedAbout | undefined): Partial<ViewState> {
  if (about === undefined) return {}
  return about.kind === 'page' ? { pfn: Number.parseInt(about.pfn, 16) } : { failure: about.failure }
}

/** The slice, asked for when something of it is to be shown. */
export function useSharedSlice(
  about: SharedAbout | undefined,
  link: string,
  redact: SliceQuestion['redact'],
  along: Pick<SliceQuestion, 'said' | 'text'>,
): QueryState<SliceAnswer> {
  const [view] = useView()
  const thresholdNs = thresholdNsOf(view)
  return useQuery('slice', about && { about, link, thresholdNs, redact, ...along })
}

/** The finding as text. */
export function useSharedText(
  about: SharedAbout | undefined,
  format: BugReportQuestion['format'] | undefined,
  session: BugReportQuestion['session'],
): QueryState<BugReportAnswer> {
  const [view] = useView()
  const thresholdNs = thresholdNsOf(view)
  const said = session === undefined ? {} : { session }
  return useQuery('bugReport', format && { about: reportAbout(about), format, thresholdNs, ...said })
}

function reportAbout(about: SharedAbout | undefined): BugReportQuestion['about'] {
  if (about === undefined) return { kind: 'first' }
  if (about.kind === 'page') return { kind: 'page', pfn: Number.parseInt(about.pfn, 16) }
  return { kind: 'failure', id: about.failure }
}
