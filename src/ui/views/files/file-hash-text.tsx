import { type ReactNode } from 'react'
import { type FileAnswer } from '../../../queries/overview.ts'
import { useHashing, useTrace } from '../../../state/use-trace.ts'
import { hashingText } from '../../shell/hashing-text.ts'

/** The hash of a file; how far it is while it is not known, with a way to stop that and to go on, where there is one; or why there is none. */
export function FileHashText({ file }: { readonly file: FileAnswer }): ReactNode {
  const [, { hashNow, stopHashing }] = useTrace()
  const hashing = useHashing()
  const { hash } = file
  if (hash.kind === 'known') return hash.sha256
  if (hash.kind === 'none') return `none: ${hash.why}`
  const isStopped = hashing?.isStopped === true
  if (hashing?.isLost === true) return hashingText(file, hashing)
  return (
    <>
      {hashingText(file, hashing)}{' '}
      <button type="button" className="link-button" onClick={isStopped ? () => void hashNow() : stopHashing}>
        {isStopped ? 'Go on' : 'Stop'}
      </button>
    </>
  )
}
