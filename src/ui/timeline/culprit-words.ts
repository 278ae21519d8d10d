import { type CulpritAnswer } from '../../queries/wire.ts'

const KIND_WORDS: Readonly<Record<CulpritAnswer['kind'], string>> = {
  leak: 'leak',
  long_term: 'long-term',
  transient: 'transient',
  unknown: 'not known',
}

const KIND_ABOUT: Readonly<Record<CulpritAnswer['kind'], string>> = {
  leak: 'No put before the trace ends',
  long_term: 'Put, but after the threshold or later',
  transient: 'Put sooner than the threshold',
  unknown: 'The trace does not tell',
}

const GONE_ABOUT =
  'its process exited: unless a thread of it hangs on its way out, only what the reference was handed to may release it, if it was'

type KindOf = Pick<CulpritAnswer, 'kind' | 'isPrivateData' | 'taskGone'>

/** What became of the hold, and of who took it; of a reference that is none, that migration expects it. */
export function kindWord({ kind, isPrivateData, taskGone }: KindOf): string {
  if (isPrivateData) return 'expected'
  return taskGone ? `${KIND_WORDS[kind]}, its task is gone` : KIND_WORDS[kind]
}

/** Says what `kindWord` means, for the tooltip. */
export function kindAbout({ kind, isPrivateData, taskGone }: KindOf): string {
  if (isPrivateData) return 'The reference of the private data: migration expects it, it holds nothing'
  return taskGone ? `${KIND_ABOUT[kind]}; ${GONE_ABOUT}` : KIND_ABOUT[kind]
}

/** `leaky_ioctl [leaky]`; empty when nothing tells. */
export function holderText(culprit: Pick<CulpritAnswer, 'function' | 'module'>): string {
  return culprit.module === '' ? culprit.function : `${culprit.function} [${culprit.module}]`
}
