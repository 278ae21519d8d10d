import { joinBytes } from '../../base/join-bytes.ts'
import { type FormatId } from '../../model/source-file.ts'
import { binaryFormatOf, formatOf } from '../formats.ts'
import { HEAD_BYTES, headOf } from '../head.ts'
import { type Source } from '../source.ts'
import { type SeekableSource } from '../text-parts.ts'
import { iterate } from '../unwrap.ts'
import { isZstd } from '../zstd.ts'

/** What can be looked at ahead of the reading. */
export interface LookAheadPlan {
  /** Large traces as plain text: to be looked through. */
  readonly traces: readonly SeekableSource[]
  /** Files so small that they are read whole beside them. */
  readonly small: readonly Source[]
  /** True when no other file may tell of a failure. */
  readonly isWhole: boolean
}

/** Less than this is read in a moment. */
const LEAST_BYTES = 32 << 20
const SMALL_BYTES = 1 << 20
/** Of all small files together. */
const MOST_SMALL_BYTES = 4 << 20

type PlainFormat = FormatId | 'packed'

const TRACES: readonly PlainFormat[] = ['ftrace', 'perf_script']
/** Left out, however small: of a second form of a recording that is looked through, events would be told twice. */
const LEFT_OUT: readonly PlainFormat[] = ['packed', 'trace_dat', ...TRACES]
/** Files that tell of no failure, nor where ranges are. */
const SILENT: readonly PlainFormat[] = ['page_owner', 'page_types', 'kpage', 'kallsyms', 'unknown']

/** Sorts files by how they are looked at, of which one is at least of `leastBytes`. Reads their first bytes. */
export async function planLookAhead(sources: readonly Source[], leastBytes = LEAST_BYTES): Promise<LookAheadPlan> {
  const traces: SeekableSource[] = []
  const small: Source[] = []
  if (!sources.some(({ sizeBytes }) => sizeBytes >= leastBytes)) return { traces, small, isWhole: false }
  let roomBytes = MOST_SMALL_BYTES
  let isWhole = true
  for (const source of sources) {
    const format = isPlain(source) ? await formatOfPlain(source) : 'packed'
    if (isPlain(source) && source.sizeBytes >= leastBytes && TRACES.includes(format)) traces.push(source)
    else if (SILENT.includes(format)) continue
    else if (!LEFT_OUT.includes(format) && source.sizeBytes <= Math.min(SMALL_BYTES, roomBytes)) {
      small.push(source)
      roomBytes -= source.sizeBytes
    } else isWhole = false
  }
  return { traces, small, isWhole }
}

/** True for a file that lies open, and is not a part of another that is read at the same time. */
function isPlain(source: Source): source is SeekableSource {
  return (
    source.slice !== undefined && source.part !== undefined && source.isPacked !== true && source.letGo === undefined
  )
}

async function formatOfPlain(source: SeekableSource): Promise<PlainFormat> {
  const bytes = await firstBytes(source)
  if ((bytes[0] === 0x1f && bytes[1] === 0x8b) || isZstd(bytes)) return 'packed'
  const head = headOf(bytes, bytes.length === source.sizeBytes)
  return (binaryFormatOf(head) ?? formatOf(head, source.name))?.id ?? 'unknown'
}

async function firstBytes(source: SeekableSource): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of iterate(source.slice(0, Math.min(source.sizeBytes, HEAD_BYTES)))) {
    pieces.push(piece)
    size += piece.length
  }
  return joinBytes(pieces, size)
}
