import { type OverviewAnswer } from '../../queries/overview.ts'
import { type Hashing } from '../../state/capture-store.ts'

/** What became of the hash when the worker ended. */
const LOST =
  'not hashed: what read the files ended unexpectedly (out of memory, perhaps). Open the files again; fewer at once need less ' +
  'memory.'

/** `hashing… 536870912 of 970816612 bytes`: how far the hash of a file is that is not known yet. */
export function hashingText(
  { index, sizeBytes }: Pick<OverviewAnswer['files'][number], 'index' | 'sizeBytes'>,
  hashing: Hashing | undefined,
): string {
  const { progress, isStopped = false, isLost = false } = hashing ?? {}
  const done = progress?.file === index ? progress.bytesDone : 0
  if (isLost) return LOST
  return `${isStopped ? 'hashing was stopped at' : 'hashing…'} ${done} of ${sizeBytes} bytes`
}
