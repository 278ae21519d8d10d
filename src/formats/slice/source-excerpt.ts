import { type FileUnit } from '../../model/source-file.ts'
import { type FileExcerpt } from '../../model/slice-file.ts'

/** A file of which only some lines are there: which lines, and what the whole file is known by. */
export interface SourceExcerpt extends FileExcerpt {
  /** Bytes of the whole file. */
  readonly sizeBytes: number
  /** Its content hash; empty where it has none. */
  readonly sha256: string
  readonly unit: FileUnit
  /** Id of the format that its lines are read as; empty when their content tells. */
  readonly format: string
}
