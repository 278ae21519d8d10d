import { type CulpritAnswer, type FailureAnswer } from '../../../queries/wire.ts'

/** What blocked, in a word or two. */
export const VERDICT_WORDS: Readonly<Record<FailureAnswer['verdict'], string>> = {
  held: 'held',
  transient: 'transient',
  unmovable: 'unmovable',
  unknown: 'unknown',
}

/** What needed the range. */
export const TRIGGER_WORDS: Readonly<Record<FailureAnswer['trigger'], string>> = {
  cma: 'CMA allocation',
  offline: 'memory offlining',
  compaction: 'compaction',
  hugetlb: 'huge page allocation',
  contig: 'contiguous allocation',
  migration: 'migration',
  unknown: 'trigger not recorded',
}

/** What became of the hold. */
export const KIND_WORDS: Readonly<Record<CulpritAnswer['kind'], string>> = {
  leak: 'leak',
  long_term: 'long-term',
  transient: 'transient',
  unknown: 'not known',
}

/** Says what a kind means, for the tooltip. */
export const KIND_ABOUT: Readonly<Record<CulpritAnswer['kind'], string>> = {
  leak: 'No put before the trace ends',
  long_term: 'Put, but after the threshold or later',
  transient: 'Put sooner than the threshold',
  unknown: 'The trace does not tell',
}

/** `leaky_ioctl [leaky]`; empty when nothing tells. */
export function holderText(culprit: Pick<CulpritAnswer, 'function' | 'module'>): string {
  return culprit.module === '' ? culprit.function : `${culprit.function} [${culprit.module}]`
}

/** `camera-hal-68`; empty when nothing tells. */
export function taskText({ task }: Pick<CulpritAnswer, 'task'>): string {
  if (task.comm === '') return task.pid < 0 ? '' : String(task.pid)
  return task.pid < 0 ? task.comm : `${task.comm}-${task.pid}`
}
