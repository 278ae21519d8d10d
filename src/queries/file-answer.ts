import { isTraceFormat, type SourceFile } from '../model/source-file.ts'
import { formatLabel } from './format-label.ts'
import { type FileAnswer } from './overview.ts'

/** One file with what became of its lines. */
export function fileAnswer(file: SourceFile): FileAnswer {
  return {
    index: file.index,
    name: file.name,
    format: file.format,
    formatLabel: formatLabel(file.format),
    isTrace: isTraceFormat(file.format),
    unit: file.unit,
    sizeBytes: file.sizeBytes,
    textBytes: file.textBytes,
    isCompressed: file.isCompressed,
    sha256: file.sha256,
    ledger: file.ledger,
    skippedBy: [...file.skippedBy].map(([why, lines]) => ({ why, lines })),
    problems: file.problems,
    damage: file.damage.map((damage) => damage.message),
    notices: file.notices,
    ...(file.array === undefined ? {} : { array: file.array }),
    records: file.records,
  }
}
