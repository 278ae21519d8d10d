import { type ReactNode } from 'react'
import { type CulpritWords } from '../../../queries/triage-rows.ts'
import { Confidence } from '../../widgets/confidence.tsx'
import { confidenceText } from './failure-words.ts'

type Sure = Pick<CulpritWords, 'confidence' | 'confidenceWord'> & Partial<Pick<CulpritWords, 'anyOf'>>

/** `very likely 0.94`; of several that nothing separates, together; of nobody the word alone, since nothing has a number. */
export function sureText(sure: Sure): string {
  return sure.confidence === 0 ? sure.confidenceWord : confidenceText({ ...sure, ...setOf(sure) })
}

/** How sure, as everywhere: a word and a number. */
export function Sureness({ culprit }: { readonly culprit: Sure }): ReactNode {
  const { confidence, confidenceWord } = culprit
  if (confidence === 0) return confidenceWord
  return <Confidence word={confidenceWord} value={confidence} {...setOf(culprit)} />
}

function setOf({ anyOf = [] }: Sure): { readonly ofSet?: string } {
  return anyOf.length > 0 ? { ofSet: 'together' } : {}
}
