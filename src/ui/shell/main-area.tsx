import { type ReactNode, useState } from 'react'
import { type Admission, captureRefOf, isAdmitted } from '../../state/capture-ref.ts'
import { captureOf, type TraceState } from '../../state/capture-store.ts'
import { EXAMPLE, hasExample } from '../../state/example.ts'
import { isOwnLink } from '../../state/use-capture-link.ts'
import { useSourceAddress } from '../../state/use-source-address.ts'
import { type UnopenedSlice } from '../../state/use-slice-link.ts'
import { useJudging, usePairing, useTrace } from '../../state/use-trace.ts'
import { useResetView, useView } from '../../state/use-view.ts'
import { EmptyScreen } from './empty-screen.tsx'
import { type FileDialogs } from './file-inputs.tsx'
import { FoundSoFar } from './found-so-far.tsx'
import { LinkNotice, SourceNotice } from './link-notice.tsx'
import { AskedScreen, CheckingScreen, RefusedScreen, UnknowableScreen } from './link-screens.tsx'
import { JudgingBar } from './judging-bar.tsx'
import { LoadingBar } from './loading-bar.tsx'
import { VIEWS_WITHOUT_CAPTURE } from './navigation.ts'
import { LateBookmarkNotice } from '../session/late-bookmark-notice.tsx'
import { type LateBookmarks } from '../session/late-bookmarks.ts'
import { LossNotices } from './loss-notice.tsx'
import { PairingBar } from './pairing-bar.tsx'
import { FailureNotice, hasTrouble, lacksStart, UnreadNotice } from './problem-notice.tsx'
import { ReportNotice } from './report-notice.tsx'
import { RulesNotice } from './rules-notice.tsx'
import screen from './screen.module.css'
import { SliceNoticeOver, UnopenedSliceNotice } from './share/share-over.tsx'
import styles from './shell.module.css'
import { ViewOutlet } from './view-outlet.tsx'

interface MainAreaProps {
  readonly admission: Admission | undefined
  readonly dialogs: FileDialogs
  readonly onRuleFile: (file: File) => void
  /** A slice in the link that is not what is open. */
  readonly unopened?: UnopenedSlice
  readonly late: LateBookmarks
}

/** Notices above, and below them the view, or what stands in for it. */
export function MainArea({ admission, dialogs, onRuleFile, unopened, late }: MainAreaProps): ReactNode {
  const [trace, { cancel, dismiss, retry, stopJudging }] = useTrace()
  const judging = useJudging()
  const pairing = usePairing()
  const sources = useSourceAddress()
  return (
    <main id="main" tabIndex={-1} className={styles.main}>
      {trace.status === 'loading' && <LoadingBar state={trace} onCancel={cancel} />}
      {trace.status === 'failed' && <FailureNotice state={trace} onRetry={retry} onDismiss={dismiss} />}
      <LossNotices onChooseFiles={() => dialogs.chooseFiles()} />
      <LateBookmarkNotice late={late} />
      {judging && <JudgingBar judging={judging} onStop={stopJudging} />}
      {pairing && !judging && <PairingBar pairing={pairing} />}
      <LinkNotice />
      {sources && <SourceNotice {...sources} />}
      <ReportNotice />
      {unopened && <UnopenedSliceNotice slice={unopened} />}
      <SliceNoticeOver capture={captureOf(trace)} admission={admission} />
      <CaptureNotices trace={trace} admission={admission} onRuleFile={onRuleFile} />
      <div className={styles.content} data-stale={judging !== undefined}>
        <Content trace={trace} admission={admission} dialogs={dialogs} />
      </div>
    </main>
  )
}

interface ContentProps extends Omit<MainAreaProps, 'onRuleFile' | 'unopened' | 'late'> {
  readonly trace: TraceState
}

function Content({ trace, admission, dialogs }: ContentProps): ReactNode {
  const [, { openExample }] = useTrace()
  const [view, setView] = useView()
  const resetView = useResetView()
  const capture = captureOf(trace)
  const ways = { onChooseFiles: () => dialogs.chooseFiles(), onChooseFolder: () => dialogs.chooseFolder() }

  if (capture) {
    if (admission === undefined) return null // the link is being told of the capture
    if (isAdmitted(admission)) return <ViewOutlet id={view.view} />
    const { files } = capture.overview
    const openAnyway = (): void => resetView({ capture: captureRefOf(files) })
    if (admission === 'not_known_yet')
      return view.capture && <CheckingScreen asked={view.capture} files={files} onOpenAnyway={openAnyway} />
    if (admission === 'cannot_be_known')
      return (
        view.capture && (
          <UnknowableScreen
            asked={view.capture}
            files={files}
            onTakeAsAsked={() => setView({ capture: captureRefOf(files) })}
            onOpenAnyway={openAnyway}
            {...ways}
          />
        )
      )
    return view.capture && <RefusedScreen asked={view.capture} files={files} onOpenAnyway={openAnyway} {...ways} />
  }
  if (trace.status === 'loading') return trace.progress?.found && <FoundSoFar found={trace.progress.found} />
  if (VIEWS_WITHOUT_CAPTURE.includes(view.view) && (!view.capture || view.view === 'help'))
    return <ViewOutlet id={view.view} />
  if (!view.capture) return <EmptyScreen onExample={hasExample() ? openExample : undefined} {...ways} />
  const isExample = view.capture.hash === EXAMPLE.mainHash && hasExample()
  return <AskedScreen asked={view.capture} onExample={isExample ? openExample : undefined} {...ways} />
}

/** What a person should know of the capture that is open, until it is put away. */
function CaptureNotices({
  trace,
  admission,
  onRuleFile,
}: {
  readonly trace: TraceState
  readonly admission: Admission | undefined
  readonly onRuleFile: (file: File) => void
}): ReactNode {
  const [view, setView] = useView()
  const capture = captureOf(trace)
  const [dismissed, setDismissed] = useState(0)
  const [dismissedDiffering, setDismissedDiffering] = useState(0)
  if (!capture || admission === undefined || !isAdmitted(admission)) return null
  const { files } = capture.overview
  const isOwn = view.capture !== undefined && isOwnLink(view.capture, capture.ownLink)
  const takeSet = (): void => setView({ capture: captureRefOf(files) }, { replace: true })
  return (
    <>
      <RulesNotice onRuleFile={onRuleFile} />
      {capture.hasDiffered && dismissedDiffering !== capture.reading && (
        <div className={screen.notice} role="alert">
          <p>
            The files are not those that the kept index was made of: they have the same names, sizes and times, but
            other content. That index was removed and the files were read; what was shown for a moment before was not
            theirs.
          </p>
          <button type="button" className="link-button" onClick={() => setDismissedDiffering(capture.reading)}>
            Dismiss
          </button>
        </div>
      )}
      {admission === 'other_companions' && (
        <output className={screen.notice}>
          <p>
            The main file is the one that the link asks for, but not all files beside it are the same: answers may
            differ from those of whoever made the link.
          </p>
          <button type="button" className="link-button" onClick={takeSet}>
            Dismiss
          </button>
        </output>
      )}
      {admission === 'same_samples' && !isOwn && (
        <output className={screen.notice}>
          <p>
            This link was taken before the content of its file was known. Size and samples of the file are those of the
            link; that all of it is the same cannot be told.
          </p>
          <button type="button" className="link-button" onClick={takeSet}>
            Dismiss
          </button>
        </output>
      )}
      {dismissed !== capture.generation && files.some((file) => hasTrouble(file) || lacksStart(file)) && (
        <UnreadNotice
          files={files}
          onShow={() => setView({ view: 'files', section: 'files' })}
          onDismiss={() => setDismissed(capture.generation)}
        />
      )}
    </>
  )
}
