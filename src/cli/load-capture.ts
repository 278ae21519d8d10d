import { fail, ok, type Result } from '../base/result.ts'
import { type Derived } from '../derive/derived.ts'
import { derive, type DeriveOptions } from '../derive/derive.ts'
import { openArchives } from '../formats/archives/open-archives.ts'
import { readTrace } from '../formats/read-trace.ts'
import { type Source } from '../formats/source.ts'
import { type SourceFile } from '../model/source-file.ts'
import { type Trace } from '../model/trace.ts'
import { findInputs } from './find-inputs.ts'
import { shortNames } from './short-names.ts'
import { createNodePool, hashedBeside } from './node-pool.ts'
import { createNodeSha256, nodeInflate, nodeSource } from './node-source.ts'

/** A capture read from disk, with the time it took. */
export interface LoadedCapture {
  readonly sources: readonly Source[]
  readonly trace: Trace
  readonly derived: Derived
  readonly readMs: number
  readonly deriveMs: number
}

const FILES_NAMED = 3
const LARGE_BYTES = 32 << 20

/** Reads paths as one capture. The failure is one line. */
export async function loadCapture(
  paths: readonly string[],
  options: DeriveOptions & { readonly kpageStart?: number } = {},
): Promise<Result<LoadedCapture, string>> {
  const inputs = await findInputs(paths)
  if (!inputs.ok) return inputs
  const names = shortNames(inputs.value)
  const given = await Promise.all(
    inputs.value.map(async (path, at) => ({ ...(await sourceOf(path)), name: names[at] })),
  )
  const shards = createNodePool()
  const startedAt = performance.now()
  const reading = {
    inflate: nodeInflate,
    createSha256: createNodeSha256,
    shards,
    kpageStarts: { byHash: new Map(), others: options.kpageStart },
  }
  const sources = await openArchives(given, reading)
  const outcome = await readTrace(sources, reading).finally(() => shards.end())
  if (!outcome.ok) return fail(nothingReadable(outcome.error.files))
  const readAt = performance.now()
  const derived = derive(outcome.value, options)
  const deriveMs = performance.now() - readAt
  return ok({ sources, trace: outcome.value, derived, readMs: readAt - startedAt, deriveMs })
}

/** A large file is hashed beside its reading. */
async function sourceOf(path: string): Promise<Source> {
  const source = await nodeSource(path)
  return source.sizeBytes < LARGE_BYTES ? source : hashedBeside(source)
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
