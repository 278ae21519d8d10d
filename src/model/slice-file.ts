import * as v from 'valibot'

/** Version of the slice format that is written. A later one is read as far as it says what this one does. */
export const SLICE_VERSION = 1

/** Most text of a slice, JSON and all, MiB: what proves one finding is a thousandth of that. */
export const MOST_SLICE_MIB = 64
/** Most characters of a slice in a link. Links that are made are far shorter; one that was edited may be anything. */
export const MOST_LINK_CHARACTERS = 1 << 17
/** Most files that a slice tells of: as many as an archive has. */
const MOST_FILES = 10_000
/** Most spans of lines of one file. */
const MOST_SPANS = 1_000_000
const MOST_NAME = 1024
const MOST_LINE = 2 ** 40

const lineNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_LINE))
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))
const shortText = v.pipe(v.string(), v.maxLength(4096))

function ascend(spans: readonly (readonly [number, number])[]): boolean {
  return spans.every(([first, last], at) => first <= last && (at === 0 || first > spans[at - 1][1]))
}

/** One file of the capture, of which some lines are there. */
const memberSchema = v.object({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_NAME)),
  sizeBytes: count,
  /** 64 hex digits; empty where the file has none. */
  sha256: v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{64})?$/)),
  /** Lines, or records, of the whole file. */
  lines: count,
  unit: v.picklist(['line', 'record']),
  /** Id of the format that the lines are read as; found by their content when it is not said, or not known. */
  format: v.optional(shortText),
  /** Numbers of the lines that are there: `[first, last]`, ascending, apart from each other. */
  spans: v.pipe(
    v.array(v.tuple([lineNumber, lineNumber])),
    v.maxLength(MOST_SPANS),
    v.check(
      (spans) => ascend(spans),
      'the numbers of its lines do not ascend, so that nobody can tell which line is which',
    ),
  ),
  /** These lines with LF between them. Of a record, frames of a stack stand on lines of their own that begin with `=> `. */
  text: v.string(),
})

/** What a slice is about. */
const aboutSchema = v.variant('kind', [
  v.object({ kind: v.literal('page'), pfn: v.pipe(v.string(), v.regex(/^0x[0-9a-f]{1,13}$/)) }),
  v.object({ kind: v.literal('range'), failure: shortText }),
])

const linesOfText = v.pipe(v.array(shortText), v.maxLength(1000))

/** A slice: the lines of a capture that prove one finding, and where each of them stands. */
export const sliceSchema = v.object({
  pinscope: v.literal('slice'),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  about: aboutSchema,
  /** What was looked at: `/pfn?v=1&pfn=0x5015`. */
  link: v.pipe(v.string(), v.maxLength(8192)),
  files: v.pipe(v.array(memberSchema), v.maxLength(MOST_FILES)),
  /** What was given other names: `comms`, `pids`, `addresses`, `files`, `symbols`. */
  redacted: linesOfText,
  /** What the whole capture says of it, in lines of plain text. */
  told: linesOfText,
  /** What was left out because it was too much, in lines of plain text. */
  leftOut: v.optional(linesOfText),
})

export type SliceFile = v.InferOutput<typeof sliceSchema>
export type SliceMember = SliceFile['files'][number]
export type SliceAbout = SliceFile['about']

/** What is known of a slice beside its lines. */
export type SliceNote = Omit<SliceFile, 'files' | 'pinscope'>

/** Where the lines of an excerpt of a file stand in the whole file. */
export interface FileExcerpt {
  /** Lines, or records, of the whole file. */
  readonly total: number
  /** Number in the whole file, from 1 on, of each line that is there: ascending; one of several lines is there as often. */
  readonly lines: Float64Array
  readonly slice: SliceNote
}
