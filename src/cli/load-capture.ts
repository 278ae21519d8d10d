import { fail, ok, type Result } from '../base/result.ts'
import { type Derived } from '../derive/derived.ts'
import { derive, type DeriveOptions } from '../derive/derive.ts'
import { openArchives } from '../formats/archives/open-archives.ts'
import { readTrace } from '../formats/read-trace.ts'
import { type Source } from '../formats/source.ts'
import { hashPutOff } from '../formats/put-off-hash.ts'
import { type SeatPool } from '../formats/shard-pool.ts'
import { type FileHash } from '../model/file-hash.ts'
import { HASH_WHOLE_BYTES, type SourceFile } from '../model/source-file.ts'
import { type Trace } from '../model/trace.ts'
import { findInputs } from './find-inputs.ts'
import { shortNames } from './short-names.ts'
import { createNodePool, hashedBeside } from './node-pool.ts'
import { createNodeSha256, nodeInflate, nodeSource } from './node-source.ts'
import { progressLine } from './progress-line.ts'

/** A capture read from disk, with the time it took. */
export interface LoadedCapture {
  readonly sources: readonly Source[]
  readonly trace: Trace
  readonly derived: Derived
  readonly readMs: number
  readonly deriveMs: number
  /** Hashes of large files by index, where they are wanted. */
  readonly hashes: Promise<ReadonlyMap<number, FileHash>>
}

/** How paths are read. */
export interface LoadOptions extends DeriveOptions {
  readonly kpageStart?: number
  /** Large files are hashed, which takes as long as a third of reading them. */
  readonly withHashes?: boolean
  /** Names of the files as they are found; their paths without the folder they share when absent. */
  readonly nameOf?: (path: string) => string
  /** The threads for parts of large files, where others than the usual ones are wanted. */
  readonly createPool?: () => SeatPool
}

const FILES_NAMED = 3
const LARGE_BYTES = 32 << 20

/** Reads paths as one capture. The failure is one line. */
export async function loadCapture(
  paths: readonly string[],
  options: LoadOptions = {},
): Promise<Result<LoadedCapture, string>> {
  const inputs = await findInputs(paths)
  if (!inputs.ok) return inputs
  const names = options.nameOf === undefined ? shortNames(inputs.value) : inputs.value.map(options.nameOf)
  const given = await Promise.all(
    inputs.value.map(async (path, at) => ({ ...(await sourceOf(path)), name: names[at] })),
  )
  return loadSources(given, options)
}

/** Reads sources as one capture, and tells at a terminal how far that has come. The failure is one line. */
export async function loadSources(
  given: readonly Source[],
  options: LoadOptions = {},
): Promise<Result<LoadedCapture, string>> {
  const shards = (options.createPool ?? createNodePool)()
  const startedAt = performance.now()
  const reading = {
    inflate: nodeInflate,
    createSha256: createNodeSha256,
    shards,
    mostHashedBytes: HASH_WHOLE_BYTES,
    kpageStarts: { byHash: new Map(), others: options.kpageStart },
  }
  const sources = await openArchives(given, reading)
  const progress = progressLine()
  const outcome = await readTrace(sources, { ...reading, onProgress: progress.show }).finally(() => {
    progress.clear()
    shards.end()
  })
  if (!outcome.ok) return fail(nothingReadable(outcome.error.files))
  // In threads of their own, while this one derives.
  const hashes = options.withHashes === true ? hashesOf(sources, outcome.value.files) : Promise.resolve(NO_HASHES)
  const readAt = performance.now()
  const derived = derive(outcome.value, options)
  const deriveMs = performance.now() - readAt
  return ok({ sources, trace: outcome.value, derived, readMs: readAt - startedAt, deriveMs, hashes })
}

const NO_HASHES: ReadonlyMap<number, FileHash> = new Map()

/** Never rejects: a file that cannot be hashed says why. */
async function hashesOf(
  sources: readonly Source[],
  files: readonly SourceFile[],
): Promise<ReadonlyMap<number, FileHash>> {
  const hashed = files.map(async ({ index, hash }) => {
    return [index, hash.kind === 'put_off' ? await hashPutOff(sources[index], hash) : hash] as const
  })
  return new Map(await Promise.all(hashed))
}

/** A large file is hashed by a thread of its own: beside its reading, or behind it. */
async function sourceOf(path: string): Promise<Source> {
  const source = await nodeSource(path)
  return source.part === undefined || source.sizeBytes < LARGE_BYTES ? source : hashedBeside(source)
}

function nothingReadable(files: readonly SourceFile[]): string {
  const named = files.slice(0, FILES_NAMED).map((file) => `${file.name}: ${reasonOf(file)}`)
  const more = files.length > FILES_NAMED ? `; and ${files.length - FILES_NAMED} more` : ''
  return `nothing readable: ${named.join('; ')}${more}`
}

function reasonOf(file: SourceFile): string {
  const reasons = [...file.damage.map((damage) => damage.message), ...file.notices]
  return reasons.length === 0 ? 'no known kind' : reasons.join(', ')
}
