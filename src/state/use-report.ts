import { createContext, use, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { type Made } from '../base/embedded.ts'
import { captureOf, type CaptureStore } from './capture-store.ts'
import { useCaptureStore } from './use-trace.ts'

/** What a page that is a report has in it, ready to be opened. */
export interface OpenedReport {
  /** The view that it opens on, as a link has it behind the `#`. */
  readonly link: string
  readonly names: readonly string[]
  /** Its files; rejects with words for a person. */
  readonly filesOf: () => Promise<readonly File[]>
  /** Why what was said of the findings could not be read, a sentence; absent when it could, or there was nothing. */
  readonly sessionProblem?: string
  readonly made?: Made
}

/** What this page is a report of; absent in the app itself. */
export const ReportContext = createContext<OpenedReport | undefined>(undefined)

/** The report that this page is, and whether its capture is what is open. */
export interface ShownReport {
  readonly report: OpenedReport
  /** `other`: a person opened something else since, or what is embedded cannot be read. */
  readonly status: 'opening' | 'open' | 'other'
  readonly openAgain: () => void
}

/** Opens the embedded files without a person's act, once; undefined where the page is no report. */
export function useReport(): ShownReport | undefined {
  const report = use(ReportContext)
  const store = useCaptureStore()
  const hasOpened = useRef(false) // A and B may change places: that is no reason to open it again
  const [readingOfReport, setReading] = useState<number>()
  const reading = useSyncExternalStore(store.subscribe, () => captureOf(store.state())?.reading)
  const isLoading = useSyncExternalStore(store.subscribe, () => store.state().status === 'loading')
  useEffect(() => {
    if (report === undefined || hasOpened.current) return
    hasOpened.current = true
    void openInto(store, report).then(setReading)
  }, [report, store])
  if (report === undefined) return undefined
  const isOpen = reading !== undefined && reading === readingOfReport
  return {
    report,
    status: isOpen ? 'open' : isLoading ? 'opening' : 'other',
    openAgain: () => void openInto(store, report).then(setReading),
  }
}

/** The number of the reading that came of it; undefined when none did. */
async function openInto(store: CaptureStore, { names, filesOf }: OpenedReport): Promise<number | undefined> {
  const before = captureOf(store.state())?.reading
  await store.openFetched(names, filesOf)
  const after = captureOf(store.state())?.reading
  return after === before ? undefined : after
}

/** Where the report's view is; none that could lead out of the page. */
export function reportHash({ link }: OpenedReport): string {
  return `#${link}`
}
