import { useMemo } from 'react'
import { planRecording, type RecordAnswer } from '../bridge/record-door.ts'
import { type NextRecording } from '../queries/record/next-recording.ts'
import { type RecordQuestion } from '../queries/record/record-question.ts'
import { shownOf, useQuery } from './use-query.ts'
import { useCapture } from './use-trace.ts'
import { useView } from './use-view.ts'
import { type ViewState } from './view-state.ts'

/** How to record, as far as it is known. */
export interface Recording {
  readonly question: RecordQuestion
  /** Absent while no kernel is known, or what the capture lacks is being found out. */
  readonly answer?: RecordAnswer
  /** What the capture leaves open; absent without one, and until that is found out. */
  readonly next?: NextRecording
  readonly isLooking: boolean
  readonly problem?: string
}

const NOTHING = {}

/** The recording that the link asks for; what the link does not say is what the capture suggests. */
export function useRecording(): Recording {
  const [view] = useView()
  const capture = useCapture()
  const state = useQuery('nextRecording', capture === undefined ? undefined : NOTHING)
  const next = shownOf(state)
  const question = useMemo(() => recordQuestionOf(view, next), [view, next])
  const isLooking = capture !== undefined && state.status === 'pending' && next === undefined
  const answer = useMemo(
    () => (isLooking || question.kernel === '' ? undefined : planRecording(question)),
    [isLooking, question],
  )
  const problem = capture !== undefined && state.status === 'failed' ? state.error.message : undefined
  return { question, answer, next, isLooking, problem }
}

type RecordView = Pick<
  ViewState,
  'recordKernel' | 'recordTrigger' | 'recordTool' | 'recordSpans' | 'recordArea' | 'recordBlock' | 'isRecordFromBoot'
>

/** What a link asks for, over what a capture suggests. Another trigger, or other pages, are not the capture's place. */
export function recordQuestionOf(view: RecordView, next?: NextRecording): RecordQuestion {
  const suggested = next?.question
  const trigger = view.recordTrigger ?? suggested?.trigger ?? 'cma'
  const isSuggested = trigger === suggested?.trigger && view.recordSpans === undefined
  const area = view.recordArea ?? (isSuggested ? suggested.area : undefined)
  const block = view.recordBlock ?? (isSuggested ? suggested.block : undefined)
  const hasHeads = view.recordSpans === undefined && suggested?.isHeadsKnown === true
  return {
    kernel: view.recordKernel ?? suggested?.kernel ?? '',
    trigger,
    tool: view.recordTool ?? 'tracefs',
    spans: view.recordSpans ?? suggested?.spans ?? [],
    ...(area !== undefined && (trigger === 'cma' || trigger === 'wait') ? { area } : {}),
    ...(block !== undefined && (trigger === 'offline' || trigger === 'wait') ? { block } : {}),
    ...(hasHeads ? { isHeadsKnown: true } : {}),
    ...(suggested?.bufferKb === undefined ? {} : { bufferKb: suggested.bufferKb }),
    ...(view.isRecordFromBoot === true ? { isFromBoot: true } : {}),
  }
}
