import { type FormatId } from '../model/source-file.ts'
import { type CountingReader } from './format.ts'
import { type LineCutter } from './line-chunks.ts'
import { type ReadPace } from './read-pace.ts'
import { type Shard, type ShardFormat, type ShardTaker } from './shard.ts'
import { type PartText, type ShardAnswer, type ShardJob } from './shard-job.ts'
import { type Pieces } from './wrapping.ts'

/** Other threads that read parts of files. */
export interface ShardPool {
  /** Parts that are read at once. */
  readonly width: number
  /** Parts that are asked for at once, where who reads one fetches the bytes of the next meanwhile; `width` when absent. */
  readonly atOnce?: number
  /** Bytes of a part. */
  readonly shardBytes: number
  /** Parts are to come soon: starts the threads. */
  begin?(): void
  /** Reads a part. Bytes in the job are moved away; they come back with the answer, if any does. Never rejects. */
  read(job: ShardJob): Promise<ShardAnswer>
}

/** A file whose parts are read by others, and who takes them. */
export interface ShardedText {
  readonly id: FormatId
  readonly format: ShardFormat
  readonly reader: CountingReader & ShardTaker
  readonly cutter: LineCutter
  readonly pool: ShardPool
  readonly pace: ReadPace
  readonly onlooker?: PartsOnlooker
}

/** Who looks at what is taken. */
export interface PartsOnlooker {
  /** Another part was taken. */
  onTaken(): void
  /** Parts at the end of the text were read, long before they are taken. */
  onEnd(shards: readonly Shard[], settings: unknown): void
}

/** Whole lines of a text, the first of which a part may begin with. */
export interface TextPart {
  /** Where it lies in a text that is read anywhere: `[from, to)`. */
  readonly place?: { readonly from: number; readonly to: number }
  /** The part for another thread; absent when only the reader of the whole can read it. */
  readonly told?: PartText
  /** Its bytes, to be read here; `answer` is what became of it elsewhere. */
  pieces(answer: ShardAnswer): Pieces
  /** It was read: there, when there is a shard, or here. */
  done?(answer: ShardAnswer): void
}

/** Hands out a text in parts of about `size` bytes. */
export interface TextParts {
  /** The next one, in order; undefined when the text is over. */
  next(size: number): Promise<TextPart | undefined>
  /** The last ones, as they will be handed out later, of a long text that is read anywhere. */
  last?(size: number, count: number): Promise<readonly TextPart[]>
}

/** Bytes of a part that is read here, until the reader knows what the others must know. */
const FIRST_BYTES = 1 << 20

interface Reading {
  readonly part: TextPart
  readonly settings: unknown
  readonly answer: Promise<ShardAnswer> | undefined
}

/** Parts at the end that are read before all others: what ends a trace is what it was stopped for. */
const END_PARTS = 2

/**
 * Reads a text in parts that `pool` reads at the same time; takes them in order. What cannot be read elsewhere is read
 * here, so that the outcome is that of reading the lines one behind the other. Where the text fails, what came before is
 * read; then this throws what `next` threw.
 */
export async function readInShards(text: ShardedText, parts: TextParts): Promise<void> {
  const { pool, reader } = text
  const waiting: Reading[] = []
  // Bytes that are moved take memory here while they wait: of these one part more is gathered while all are busy.
  const most = parts.last === undefined ? pool.width + 1 : (pool.atOnce ?? pool.width)
  let early: EarlyParts | undefined
  let end: { readonly error?: unknown } | undefined
  while (end === undefined || waiting.length > 0) {
    const settings = reader.settings()
    const isHere = settings === undefined
    if (!isHere) early ??= await beginEarly(text, parts, settings)
    const size = isHere ? Math.min(FIRST_BYTES, pool.shardBytes) : pool.shardBytes
    while (end === undefined && waiting.length < (isHere ? 1 : most)) {
      const part = await parts.next(size).catch((error: unknown) => void (end = { error }))
      if (part === undefined) end ??= {}
      else waiting.push(early?.of(part) ?? readingOf(text, part, settings))
    }
    const reading = waiting.shift()
    if (reading !== undefined) await take(text, reading)
    early?.look(text.onlooker)
  }
  if (end.error !== undefined) throw end.error
}

/** Parts that are read before their turn. */
interface EarlyParts {
  /** The reading of a part, when it is one of them. */
  of(part: TextPart): Reading | undefined
  /** Shows them, once, when all of them were read. */
  look(onlooker: PartsOnlooker | undefined): void
}

async function beginEarly(text: ShardedText, parts: TextParts, settings: unknown): Promise<EarlyParts> {
  // Where the text fails is told when its turn has come.
  const last = (await parts.last?.(text.pool.shardBytes, END_PARTS).catch(() => undefined)) ?? []
  const readings = last.map((part) => readingOf(text, part, settings))
  let shards: readonly (Shard | undefined)[] = []
  void Promise.all(readings.map(async ({ answer }) => (await answer)?.shard)).then((read) => {
    return (shards = read)
  })
  return {
    of: ({ place }) => readings.find(({ part }) => part.place?.from === place?.from && part.place?.to === place?.to),
    look: (onlooker) => {
      const read = shards.filter((shard) => shard !== undefined)
      if (read.length > 0 && read.length === shards.length) onlooker?.onEnd(read, settings)
      shards = []
    },
  }
}

function readingOf({ id, pool }: ShardedText, part: TextPart, settings: unknown): Reading {
  const { told } = part
  const isHere = settings === undefined || told === undefined
  const answer = isHere ? undefined : pool.read({ format: id, settings, ...told })
  return { part, settings, answer }
}

async function take(
  { reader, cutter, pace, onlooker }: ShardedText,
  { part, settings, answer: read }: Reading,
): Promise<void> {
  const answer = (await read) ?? {}
  const { shard } = answer
  if (shard !== undefined && reader.take(shard, settings, cutter.lineCount)) {
    cutter.take(shard.marks, shard.lineCount, shard.byteCount)
    await pace.rest()
  } else {
    for await (const piece of part.pieces(answer)) {
      cutter.push(piece)
      await pace.rest()
    }
  }
  part.done?.(answer)
  onlooker?.onTaken()
}
