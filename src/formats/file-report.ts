import { type Column, column } from '../base/column.ts'
import { type TimeStyle } from '../base/clock.ts'
import { type FileHash } from '../model/file-hash.ts'
import { type FileUnit, type FormatId, type SourceFile } from '../model/source-file.ts'
import { type ProblemLog } from './problem-log.ts'
import { type Source } from './source.ts'

/** What reading one file found out, beside what its problem log counted. */
export interface FileFacts {
  readonly index: number
  readonly firstLine: number
  readonly format: FormatId
  readonly unit: FileUnit
  readonly sizeBytes: number
  readonly textBytes: number
  readonly isCompressed: boolean
  readonly hash: FileHash
  readonly lineNumbers: Column<number>
  readonly lineOffsets: Column<number>
  readonly timeStyle?: TimeStyle
}

/** The file as the capture keeps it. */
export function sourceFile(source: Source, facts: FileFacts, problems: ProblemLog): SourceFile {
  return {
    ...facts,
    name: source.name,
    ledger: problems.ledger(),
    problems: problems.problems(),
    skippedBy: problems.skippedBy(),
    damage: problems.damages(),
    notices: problems.notices(),
    records: problems.records,
  }
}

/** A file whose bytes were read before under another name: listed, counted as nothing. */
export function duplicateFile(source: Source, first: SourceFile, index: number, firstLine: number): SourceFile {
  const notice = `the same bytes as ${first.name}: read once`
  return {
    ...first,
    index,
    name: source.name,
    textBytes: 0,
    firstLine,
    ledger: { total: 0, parsed: 0, skipped: 0, rejected: 0 },
    problems: [],
    skippedBy: new Map(),
    damage: [],
    notices: [notice],
    records: 0,
    lineNumbers: column(new Float64Array(0)),
    lineOffsets: column(new Float64Array(0)),
  }
}
