import { type CulpritAnswer, type FailureAnswer } from '../../../queries/wire.ts'

/** What blocked, in a word or two. */
export const VERDICT_WORDS: Readonly<Record<FailureAnswer['verdict'], string>> = {
  held: 'held',
  transient: 'transient',
  unmovable: 'unmovable',
  unknown: 'unknown',
}

/** `camera-hal-68`; empty when nothing tells. */
export function taskText({ task }: Pick<CulpritAnswer, 'task'>): string {
  if (task.comm === '') return task.pid < 0 ? '' : String(task.pid)
  return task.pid < 0 ? task.comm : `${task.comm}-${task.pid}`
}
