import { type TimeStyle } from '../base/clock.ts'
import { type Column } from '../base/column.ts'
import { type FileHash } from './file-hash.ts'
import { type FileExcerpt } from './slice-file.ts'

/** Ids of the formats in `formats/formats.ts`, plus `unknown` for a file that none of them took. */
export type FormatId =
  | 'ftrace'
  | 'trace_dat'
  | 'perf_script'
  | 'page_owner'
  | 'page_pinner'
  | 'dmesg'
  | 'pfn_window'
  | 'kallsyms'
  | 'page_types'
  | 'kpage'
  | 'page_owner_stacks'
  | 'page_owner_sort'
  | 'pagetypeinfo'
  | 'zoneinfo'
  | 'iomem'
  | 'machine_notes'
  | 'cma'
  | 'mixed'
  | 'unknown'

/** Formats whose records are events of a trace. */
const TRACES: readonly FormatId[] = ['ftrace', 'perf_script', 'trace_dat']

/** True for a file of events: a trace, in whatever form. */
export function isTraceFormat(format: FormatId): boolean {
  return TRACES.includes(format)
}

/** What a file is counted in: lines of a text, records of a binary format. Line numbers count the same. */
export type FileUnit = 'line' | 'record'

/** Every line of a file is in exactly one of these: parsed + skipped + rejected = total. */
export interface Ledger {
  readonly total: number
  /** Lines that became facts: events, stack frames, records. */
  readonly parsed: number
  /** Lines known to carry nothing for us: headers, blanks, other messages. */
  readonly skipped: number
  /** Lines that should have said something and could not be read. */
  readonly rejected: number
}

/** One kind of refused line: how often, and the first few of them. */
export interface Problem {
  readonly reason: string
  readonly count: number
  readonly samples: readonly ProblemSample[]
}

/** A refused line. `text` is cut to 400 characters. */
export interface ProblemSample {
  /** 1-based, in the file as opened. */
  readonly line: number
  readonly text: string
}

/** How the bytes of a file end, when not well. */
export interface FileDamage {
  /** `truncated_gzip`, `changed_while_read`, … in words for a person, with what to do next. */
  readonly message: string
}

/** Where the values of an array of pages (/proc/kpageflags and its like) lie, which the file itself does not tell. */
export interface ArrayPlace {
  /** What the values are: flags, numbers of mappings, inodes of memory cgroups. */
  readonly kind: 'flags' | 'count' | 'cgroup'
  /** Values, one for each page. */
  readonly values: number
  /** PFN of the first value; absent when nothing tells it: then nothing is said of any page. */
  readonly startPfn?: number
  /**
   * How it is known: `note` of a window of that many pages; `given` by a person; `memory` it is as long as the machine's
   * memory; `hole` taken for PFN 0, because its first page is no memory; `none` it is not.
   */
  readonly basis: 'note' | 'given' | 'memory' | 'hole' | 'none'
}

/** One file as it was opened and what became of it. */
export interface SourceFile {
  readonly index: number
  readonly name: string
  readonly format: FormatId
  readonly unit: FileUnit
  /** Bytes on disk. */
  readonly sizeBytes: number
  /** Bytes of text after unpacking. */
  readonly textBytes: number
  readonly isCompressed: boolean
  readonly hash: FileHash
  /** `LineId` of this file's line 1. */
  readonly firstLine: number
  readonly ledger: Ledger
  readonly problems: readonly Problem[]
  /** Lines skipped, by why (`header`, `blank`, …). */
  readonly skippedBy: ReadonlyMap<string, number>
  readonly damage: readonly FileDamage[]
  /** Things a person should know, in words: clock of counts, no stacks recorded, … */
  readonly notices: readonly string[]
  /** How this file prints times; absent when it has none. */
  readonly timeStyle?: TimeStyle
  /** Of an array of pages: where its values lie. */
  readonly array?: ArrayPlace
  /** Events (trace) or records (page_owner, dumps) read. */
  readonly records: number
  /**
   * Sparse line index: 0-based numbers of some lines, ascending, the first being 0, none more than LINE_STRIDE behind
   * the one before. Empty for a binary file.
   */
  readonly lineNumbers: Column<number>
  /**
   * Byte offset, in the unpacked text, of each of them. Of a binary file: what its format needs to find its records
   * again.
   */
  readonly lineOffsets: Column<number>
  /** Of a file of which only some lines are there, in a slice: which. All else that counts lines counts those that are there. */
  readonly excerpt?: FileExcerpt
}

/** A file larger than this is hashed in pieces. */
export const HASH_WHOLE_BYTES = 64 << 20
/** Such pieces. */
export const HASH_PIECE_BYTES = 16 << 20

/** What the hash of a file is of, in words. */
export function hashName(sizeBytes: number): string {
  return sizeBytes > HASH_WHOLE_BYTES ? 'SHA-256 of the SHA-256s of its 16 MiB pieces' : 'SHA-256'
}

/** Most lines between two entries of `SourceFile.lineNumbers`. */
export const LINE_STRIDE = 1024
