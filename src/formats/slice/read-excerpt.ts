import { column } from '../../base/column.ts'
import { type FileHash } from '../../model/file-hash.ts'
import { type SourceFile } from '../../model/source-file.ts'
import { type SourceExcerpt } from './source-excerpt.ts'

/** The file as it is told of: known by what the whole one is known by, its lines by their numbers in it. */
export function excerptFile(read: SourceFile, excerpt: SourceExcerpt): SourceFile {
  const { sizeBytes, unit, total, lines, slice } = excerpt
  return {
    ...read,
    sizeBytes,
    unit,
    hash: hashOf(excerpt),
    problems: read.problems.map((problem) => ({
      ...problem,
      samples: problem.samples.map((sample) => ({ ...sample, line: lines[sample.line - 1] ?? sample.line })),
    })),
    notices: [sliceNotice(excerpt), ...read.notices],
    excerpt: { total, lines, slice },
  }
}

/** A file of which no line is there: it is told of, so that the capture is known to be the same. */
export function emptyExcerpt(name: string, excerpt: SourceExcerpt, index: number, firstLine: number): SourceFile {
  const { total, lines, slice, sizeBytes, unit } = excerpt
  return {
    index,
    name,
    format: 'unknown',
    unit,
    sizeBytes,
    textBytes: 0,
    isCompressed: false,
    hash: hashOf(excerpt),
    firstLine,
    ledger: { total: 0, parsed: 0, skipped: 0, rejected: 0 },
    problems: [],
    skippedBy: new Map(),
    damage: [],
    notices: [sliceNotice(excerpt)],
    records: 0,
    lineNumbers: column(new Float64Array(0)),
    lineOffsets: column(new Float64Array(0)),
    excerpt: { total, lines, slice },
  }
}

/** A file of which nothing is read because of another one, see `needlessExcerpt`: it makes no slice of the capture. */
export function leftExcerpt(file: SourceFile, why: string): SourceFile {
  const { excerpt: _none, ...left } = file
  return { ...left, notices: [`a slice of which nothing is read: ${why}`] }
}

function hashOf({ sha256 }: SourceExcerpt): FileHash {
  return sha256 === '' ? { kind: 'none', why: 'the slice does not tell it' } : { kind: 'known', sha256 }
}

function sliceNotice({ lines, total, unit }: SourceExcerpt): string {
  return `slice: ${new Set(lines).size} of ${total} ${unit}s of the file; what is in the others is not known here`
}
