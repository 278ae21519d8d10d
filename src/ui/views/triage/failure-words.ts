import { type CulpritAnswer, type FailureAnswer, type TaskAnswer } from '../../../queries/wire.ts'

/** What blocked, in a word or two. */
export const VERDICT_WORDS: Readonly<Record<FailureAnswer['verdict'], string>> = {
  held: 'held',
  transient: 'transient',
  unmovable: 'unmovable',
  unknown: 'unknown',
}

/** What a verdict means, for tooltips. */
export const VERDICT_ABOUT: Readonly<Record<FailureAnswer['verdict'], string>> = {
  held: 'Somebody held a reference that migration did not expect',
  transient: 'Somebody held a reference for a moment only: the next try may succeed',
  unmovable: 'The page itself cannot be moved, whoever holds it',
  unknown: 'These files do not tell what blocked',
}

/** `camera-hal-68`; empty when nothing tells. */
export function taskText({ task }: { readonly task: TaskAnswer }): string {
  if (task.comm === '') return task.pid < 0 ? '' : String(task.pid)
  return task.pid < 0 ? task.comm : `${task.comm}-${task.pid}`
}

/** As `Confidence` draws it: `very likely 0.94`. */
export function confidenceText({
  confidenceWord,
  confidence,
  ofSet,
}: Pick<CulpritAnswer, 'confidenceWord' | 'confidence' | 'ofSet'>): string {
  return `${confidenceWord} ${confidence.toFixed(2)}${ofSet === undefined ? '' : ` ${ofSet}`}`
}
