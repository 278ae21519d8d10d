import { type ReadOutcome } from '../formats/read-trace.ts'
import { type Trace } from '../model/trace.ts'
import { type SpillFile } from '../snapshot/spill-file.ts'
import { MOST_COLUMN_BYTES, spillColumns } from '../snapshot/spill-columns.ts'

/** How columns are spilled. */
export interface SpillOptions {
  /** Absent where nothing is spilled. */
  readonly openSpill?: () => Promise<SpillFile | undefined>
  /** Removes what dead tabs left. */
  readonly sweepSpills?: () => Promise<void>
  /** A capture whose columns take more is spilled, bytes. */
  readonly mostColumnBytes?: number
}

/** What was read, and the file that some of its columns lie in: to be closed when the capture is let go of. */
export interface MaybeSpilled {
  readonly outcome: ReadOutcome
  readonly spill?: SpillFile
}

/** Why columns of a large capture stay in memory: the browser keeps nothing for this page, or has no room for them. */
export type SpillRefusal = 'no_storage' | 'no_room'

const refusals = new WeakMap<Trace, SpillRefusal>()

/** Why the columns of a capture were not spilled; undefined where they were, or need not be. */
export function spillRefusalOf(trace: Trace): SpillRefusal | undefined {
  return refusals.get(trace)
}

/** Spills the columns of a large capture. Where there is no file, or no room in it, all stays in memory. Never rejects. */
export async function spillLarge(outcome: ReadOutcome, options: SpillOptions): Promise<MaybeSpilled> {
  const { openSpill, mostColumnBytes = MOST_COLUMN_BYTES } = options
  if (!outcome.ok || outcome.value.sizeBytes <= mostColumnBytes || openSpill === undefined) return { outcome }
  const spill = await openSpill().catch(() => undefined)
  const trace = spill && spillColumns(outcome.value, spill)
  if (trace !== undefined) return { outcome: { ok: true, value: trace }, spill }
  refusals.set(outcome.value, spill === undefined ? 'no_storage' : 'no_room')
  await spill?.close()
  return { outcome }
}
