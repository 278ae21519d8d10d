import { DEFAULT_RULES } from '../derive/attribution/rule-set.ts'
import { DEFAULT_THRESHOLD_NS } from '../derive/derive.ts'
import { type Derived } from '../derive/derived.ts'
import { type EventFacts, eventFactsOf, knowEventFacts } from '../derive/event-facts.ts'
import { contentHashOf } from '../formats/content-hash.ts'
import { type Source } from '../formats/source.ts'
import { knownSha256 } from '../model/file-hash.ts'
import { type Trace } from '../model/trace.ts'
import { type OverviewAnswer } from '../queries/overview.ts'
import { fingerprintOf } from '../formats/fingerprint.ts'
import { type IndexedFile, type IndexMeta } from '../snapshot/index-file.ts'
import { indexKey } from '../snapshot/index-key.ts'
import { type IndexShelf } from '../snapshot/index-shelf.ts'
import { pack } from '../snapshot/pack.ts'
import { READER_BUILD } from '../snapshot/reader-build.ts'
import { TRACE_KINDS } from '../snapshot/trace-kinds.ts'
import { type IndexNews } from './protocol.ts'

/** Text that is read in a moment is read again when it is there: what is kept of it is for links to it. Bytes. */
const LEAST_TEXT_BYTES = 16 << 20

/** A capture that was found on the shelf. */
export interface FoundCapture extends Content {
  readonly meta: IndexMeta
  /** Nothing says that a file was touched since: shown at once, compared after. */
  readonly isUntouched: boolean
}

/** What of a capture is kept. */
interface Content {
  readonly trace: Trace
  /** Kept, so that the first page that is told waits for no walk through all events. */
  readonly eventFacts: EventFacts
  /** As judged by the rules that come with pinscope; absent when it was kept by others. */
  readonly judged?: { readonly derived: Omit<Derived, 'rules'>; readonly overview: OverviewAnswer }
}

/** What was opened: files as they were given, and what a person told of them. */
export interface Given {
  readonly files: readonly File[]
  readonly starts: ReadonlyMap<string, number>
}

/** Finds the index of these very files; their contents are not compared yet. Undefined when there is none. */
export async function findKept(shelf: IndexShelf, given: Given): Promise<FoundCapture | undefined> {
  const alike = (await shelf.list()).filter((one) => !one.isSmall && areAlike(one.files, given.files))
  if (alike.length === 0) return undefined
  const key = await keyOf(given)
  const taken = alike.some((one) => one.key === key) ? await shelf.take(key) : undefined
  if (taken === undefined) return undefined
  // This build wrote it from such a content: no other is ever taken.
  const content = taken.content as Content
  knowEventFacts(content.trace, content.eventFacts)
  const isUntouched = taken.meta.files.every((file, at) => file.lastModified === given.files[at].lastModified)
  return { ...content, meta: taken.meta, isUntouched }
}

/** The capture of an index whose files are not there. Undefined when it is not there either, or damaged. */
export async function findByKey(shelf: IndexShelf, key: string): Promise<FoundCapture | undefined> {
  const taken = await shelf.take(key)
  if (taken === undefined) return undefined
  // As in `findKept`.
  const content = taken.content as Content
  knowEventFacts(content.trace, content.eventFacts)
  return { ...content, meta: taken.meta, isUntouched: true }
}

/** Compares the whole contents of files with what an index was made of. */
export async function compareContents(
  meta: IndexMeta,
  files: readonly File[],
  signal: AbortSignal,
): Promise<IndexNews> {
  for (const [at, file] of files.entries()) {
    const hash = await contentHashOf(file).catch(() => undefined)
    if (signal.aborted) return { kind: 'none' }
    if (hash === undefined) return { kind: 'unreadable' }
    if (hash !== meta.files[at].hash) return { kind: 'differs' }
  }
  return { kind: 'verified' }
}

/** A capture to be kept. */
export interface KeepTask extends Given {
  /** Since when they were being read, ms since 1970. */
  readonly since?: number | undefined
  /** What `files` were opened as. */
  readonly sources: readonly Source[]
  readonly trace: Trace
  readonly derived: Derived
  readonly overview: OverviewAnswer
  readonly build?: string
  /** A capture of less text is small, bytes. */
  readonly leastTextBytes?: number
  readonly signal: AbortSignal
  readonly pause: () => Promise<void>
}

/** Keeps a capture. Never rejects: that it could not be kept harms nothing, and is told. */
export async function keepCapture(shelf: IndexShelf | undefined, task: KeepTask): Promise<IndexNews> {
  // A slice is in its link, or in a file as small as itself.
  if (task.trace.files.some(({ excerpt }) => excerpt !== undefined)) return { kind: 'none' }
  const news = await keepAny(shelf, task)
  return isSmall(task) ? { kind: 'none' } : news
}

function isSmall({ trace, leastTextBytes = LEAST_TEXT_BYTES }: KeepTask): boolean {
  return trace.files.reduce((sum, file) => sum + file.textBytes, 0) < leastTextBytes
}

async function keepAny(shelf: IndexShelf | undefined, task: KeepTask): Promise<IndexNews> {
  if (shelf === undefined) return { kind: 'not_kept', why: 'unavailable' }
  try {
    const meta = await metaOf(task)
    if (meta === undefined) return { kind: 'not_kept', why: 'changed' }
    const packed = pack(contentOf(task), TRACE_KINDS)
    const outcome = await shelf.keep({ meta, packed, signal: task.signal, pause: task.pause, since: task.since })
    return outcome.kind === 'kept' ? { ...outcome, key: meta.key } : outcome
  } catch (error) {
    return { kind: 'not_kept', why: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}

function contentOf({ trace, derived: { rules, ...derived }, overview }: KeepTask): Content {
  const isUsual = rules === DEFAULT_RULES && derived.thresholdNs === DEFAULT_THRESHOLD_NS
  const kept = { trace, eventFacts: eventFactsOf(trace) }
  return isUsual ? { ...kept, judged: { derived, overview } } : kept
}

/** Undefined when a file changed since it was read, or could not be read whole. */
async function metaOf(task: KeepTask): Promise<IndexMeta | undefined> {
  const files: IndexedFile[] = []
  for (const [at, { name, size, lastModified }] of task.files.entries()) {
    const hash = await hashOf(task, at)
    if (hash === undefined || task.signal.aborted) return undefined
    files.push({ name, sizeBytes: size, lastModified, hash })
  }
  const { trace, build = READER_BUILD } = task
  const contents = trace.files.map(({ name, sizeBytes, hash }) => ({ name, sizeBytes, hash }))
  const events = trace.events.length
  return { key: await keyOf(task), build, savedAt: Date.now(), files, contents, isSmall: isSmall(task), events }
}

/** The content hash of a file as it was read; an archive, which was read as its members, is hashed now. */
async function hashOf({ files, sources, trace }: KeepTask, at: number): Promise<string | undefined> {
  const file = files[at]
  const isPlain = sources.length === files.length && sources.every((source, row) => source.name === files[row].name)
  if (!isPlain) return contentHashOf(file).catch(() => undefined)
  const { hash, sizeBytes } = trace.files[at]
  const isSame = sizeBytes === file.size && !((await sources[at].changed?.()) ?? false)
  return isSame ? knownSha256(hash) : undefined
}

async function keyOf({ files, starts }: Given): Promise<string> {
  const fingerprints = await Promise.all(files.map(fingerprintOf))
  const named = files.map(({ name, size }, at) => ({ name, sizeBytes: size, fingerprint: fingerprints[at] }))
  return indexKey({ files: named, starts })
}

function areAlike(indexed: readonly IndexedFile[], files: readonly File[]): boolean {
  return (
    indexed.length === files.length &&
    indexed.every(({ name, sizeBytes }, at) => name === files[at].name && sizeBytes === files[at].size)
  )
}
