import { type ReactNode } from 'react'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { hashingText } from './hashing-text.ts'
import { useHashing } from '../../state/use-trace.ts'
import { WorkBar } from './work-bar.tsx'

/** How far the hashing of a file is that somebody waits for. */
export function HashingBar({ file }: { readonly file: OverviewAnswer['files'][number] }): ReactNode {
  const hashing = useHashing()
  const { progress } = hashing ?? {}
  const bytesDone = progress?.file === file.index ? progress.bytesDone : 0
  return (
    <WorkBar
      label="Hashing"
      doneLabel="Bytes hashed"
      done={bytesDone}
      total={file.sizeBytes}
      text={hashingText(file, hashing)}
    />
  )
}
