import { type CulpritAnswer } from '../../queries/wire.ts'

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
