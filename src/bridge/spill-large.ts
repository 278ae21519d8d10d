import { type ReadOutcome } from '../formats/read-trace.ts'
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

/** Spills the columns of a large capture. Where there is no file, or no room in it, all stays in memory. Never rejects. */
export async function spillLarge(outcome: ReadOutcome, options: SpillOptions): Promise<MaybeSpilled> {
  const { openSpill, mostColumnBytes = MOST_COLUMN_BYTES } = options
  if (!outcome.ok || outcome.value.sizeBytes <= mostColumnBytes || openSpill === undefined) return { outcome }
  const spill = await openSpill().catch(() => undefined)
  const trace = spill && spillColumns(outcome.value, spill)
  if (trace !== undefined) return { outcome: { ok: true, value: trace }, spill }
  await spill?.close()
  return { outcome }
}
