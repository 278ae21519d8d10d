import { type OverviewAnswer } from '../../queries/overview.ts'
import { type Hashing } from '../../state/capture-store.ts'

/** `hashing… 536870912 of 970816612 bytes`: how far the hash of a file is that is not known yet. */
export function hashingText(
  { index, sizeBytes }: Pick<OverviewAnswer['files'][number], 'index' | 'sizeBytes'>,
  hashing: Hashing | undefined,
): string {
  const { progress, isStopped = false } = hashing ?? {}
  const done = progress?.file === index ? progress.bytesDone : 0
  return `${isStopped ? 'hashing was stopped at' : 'hashing…'} ${done} of ${sizeBytes} bytes`
}
