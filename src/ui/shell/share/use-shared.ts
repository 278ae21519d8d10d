import { useMemo } from 'react'
import { linkedCaptureOf } from '../../../state/linked-capture.ts'
import { writeLinkText } from '../../../state/link-text.ts'
import { type Capture } from '../../../state/capture-store.ts'
import { type Questions } from '../../../bridge/protocol.ts'
import { type QueryState, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { serializeView, thresholdNsOf, type ViewState } from '../../../state/view-state.ts'

type SliceQuestion = Questions['slice']['question']
type BugReportQuestion = Questions['bugReport']['question']
/** The page, or the failed range, that is shared. */
export type SharedAbout = SliceQuestion['about']

/** What can be shared of what is looked at, the likeliest first; none where nothing is selected. */
export function aboutsOf({ view, pfn, failure }: ViewState): readonly SharedAbout[] {
  const page: readonly SharedAbout[] = pfn === undefined ? [] : [{ kind: 'page', pfn: `0x${pfn.toString(16)}` }]
  const range: readonly SharedAbout[] = failure === undefined ? [] : [{ kind: 'range', failure }]
  return view === 'pfn' ? [...page, ...range] : [...range, ...page]
}

/** The view as a link has it behind the `#`, without a slice. */
export function useSharedLink({ overview }: Capture): string {
  const [view] = useView()
  return useMemo(() => {
    const linked = linkedCaptureOf(view.capture, overview.files)
    const capture = linked.status === 'named' ? linked.capture : view.capture
    const { path, parameters } = serializeView({ ...view, slice: undefined, capture })
    return path + writeLinkText(parameters)
  }, [view, overview.files])
}

/** The slice, asked for when something of it is to be shown. */
export function useSharedSlice(
  about: SharedAbout | undefined,
  link: string,
  redact: SliceQuestion['redact'],
): QueryState<Questions['slice']['answer']> {
  const [view] = useView()
  const thresholdNs = thresholdNsOf(view)
  return useQuery('slice', about && { about, link, thresholdNs, redact })
}

/** The finding as text. */
export function useSharedText(
  about: SharedAbout | undefined,
  format: BugReportQuestion['format'] | undefined,
): QueryState<Questions['bugReport']['answer']> {
  const [view] = useView()
  const thresholdNs = thresholdNsOf(view)
  return useQuery('bugReport', format && { about: reportAbout(about), format, thresholdNs })
}

function reportAbout(about: SharedAbout | undefined): BugReportQuestion['about'] {
  if (about === undefined) return { kind: 'first' }
  if (about.kind === 'page') return { kind: 'page', pfn: Number.parseInt(about.pfn, 16) }
  return { kind: 'failure', id: about.failure }
}
