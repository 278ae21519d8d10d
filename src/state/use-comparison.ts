import { useEffect, useRef } from 'react'
import { type Admission, captureRefOf, type CaptureRef, isAdmitted, judgeAdmission } from './capture-ref.ts'
import { type Capture, captureOf, type CaptureStore, type Opening, type TraceState } from './capture-store.ts'
import { EXAMPLE, fetchExample } from './example.ts'
import { linkChangeOf } from './use-capture-link.ts'
import { useCapturePair, useStateOf } from './use-captures.ts'
import { useResetView, useView } from './use-view.ts'
import { type ViewState } from './view-state.ts'

/** The second capture, as far as it is there and is the one that the link asks for. */
export interface Comparison {
  readonly store?: CaptureStore
  readonly state: TraceState
  /** What is loaded as B, whatever the link asks for. */
  readonly capture?: Capture
  /** Which B the link asks for. */
  readonly asked?: CaptureRef
  /** How B fits what the link asks for; absent while B is not there, or the link is being told of it. */
  readonly admission?: Admission
  /** B is loaded and is what is to be compared. */
  readonly isShown: boolean
  readonly actions: ComparisonActions
}

/** What may be done with B. */
export interface ComparisonActions {
  /** Reads files as B: instead of what is there, or added to it. */
  readonly open: (files: readonly File[], opening?: Opening) => void
  readonly openExample: () => void
  readonly cancel: () => void
  /** Opens once more what could not be opened as B. */
  readonly retry: () => void
  readonly dismiss: () => void
  /** Lets B go, and the link forget it. */
  readonly close: () => void
  /** The other way round. */
  readonly swap: () => void
  /** Takes what is loaded for B, whatever the link asks for. */
  readonly takeAnyway: () => void
}

/** B and the link kept together, as `useCaptureLink` does for A. */
export function useComparison(): Comparison {
  const [{ a, b }, pair] = useCapturePair()
  const state = useStateOf(b)
  const capture = captureOf(state)
  const [view, setView] = useView()
  const resetView = useResetView()
  const asked = otherOf(view)
  const change = capture ? linkChangeOf(asked, capture) : 'none'
  const admission = capture && asked && judgeAdmission(asked, capture.overview.files)

  useEffect(() => {
    if (!capture || b === undefined) return
    const ref = captureRefOf(capture.overview.files)
    if (change !== 'none' && ref !== undefined) setView(linkOf(ref), { replace: true })
    b.linkWritten(change === 'none' ? undefined : { ref, over: asked })
    // `asked` is made anew each time; its parts are what is looked at.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [b, capture, change, setView, view.otherFile, view.otherSet])
  useEffect(() => {
    if (admission === 'not_known_yet') void b?.hashNow()
  }, [admission, b])
  useAlikeRules(captureOf(useStateOf(a)), capture, () => void pair.judgeAlike())

  const swap = (): void => {
    const own = captureOf(a.state())
    const ref = capture && captureRefOf(capture.overview.files)
    if (own === undefined || ref === undefined) return
    pair.swap()
    resetView({ ...keptOf(view), capture: ref, ...linkOf(captureRefOf(own.overview.files)) })
  }
  return {
    store: b,
    state,
    capture,
    asked,
    admission,
    isShown:
      capture !== undefined &&
      change !== 'reset' &&
      (admission === undefined ? asked === undefined : isAdmitted(admission)),
    actions: {
      open: (files, opening = 'instead') => void pair.other().open(files, opening),
      openExample: () =>
        void pair.other().openFetched(
          EXAMPLE.files.map((file) => file.name),
          fetchExample,
        ),
      cancel: () => b?.cancel(),
      retry: () => b?.retry(),
      dismiss: () => b?.dismiss(),
      close: () => {
        pair.closeOther()
        setView({ otherFile: undefined, otherSet: undefined, otherEvent: undefined, comparedRow: undefined })
      },
      swap,
      takeAnyway: () => setView(linkOf(capture && captureRefOf(capture.overview.files)), { replace: true }),
    },
  }
}

/** Which B a link asks for. */
export function otherOf({ otherFile, otherSet }: Pick<ViewState, 'otherFile' | 'otherSet'>): CaptureRef | undefined {
  return otherFile && { ...otherFile, set: otherSet ?? '' }
}

function linkOf(ref: CaptureRef | undefined): Pick<ViewState, 'otherFile' | 'otherSet'> {
  if (ref === undefined) return { otherFile: undefined, otherSet: undefined }
  const { set, ...otherFile } = ref
  return { otherFile, otherSet: set === '' ? undefined : set }
}

/** What means the same when A and B change places: places, times and pages of one capture mean nothing in the other. */
function keptOf(view: ViewState): Partial<ViewState> {
  const { thresholdUs, filter, includeExpected, shownRules, ruleSet, compareBy, comparedRow } = view
  return { view: 'compare', thresholdUs, filter, includeExpected, shownRules, ruleSet, compareBy, comparedRow }
}

/** Two captures that other rules classed are not comparable: B follows A. Each pair is tried once. */
function useAlikeRules(a: Capture | undefined, b: Capture | undefined, judgeAlike: () => void): void {
  const tried = useRef('')
  const isUnlike = a !== undefined && b !== undefined && (a.rules?.hash ?? '') !== (b.rules?.hash ?? '')
  useEffect(() => {
    const key = `${a?.generation} ${b?.generation}`
    if (!isUnlike || tried.current === key) return
    tried.current = key
    judgeAlike()
  })
}
