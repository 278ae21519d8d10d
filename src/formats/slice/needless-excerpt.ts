import { type Source } from '../source.ts'
import { type SourceExcerpt } from './source-excerpt.ts'

/**
 * Why nothing is read of an excerpt beside the other sources, in words; empty when it is read. With the whole file there its lines
 * are there already, and two slices may have other names for the same task: read together they would be two holders.
 */
export async function needlessExcerpt(
  source: Source,
  sources: readonly Source[],
  sha256Of: (source: Source) => Promise<string>,
): Promise<string> {
  const { excerpt } = source
  if (excerpt === undefined || excerpt.sha256 === '') return ''
  for (const other of sources)
    if (await isWhole(other, excerpt, sha256Of)) return `the whole file is open as ${other.name}`
  const before = sources.slice(0, sources.indexOf(source))
  return before.some((other) => isOtherwiseNamed(other.excerpt, excerpt))
    ? 'another slice has lines of this file, under other names'
    : ''
}

/** Hashes only what has the size of the whole file. */
async function isWhole(
  source: Source,
  part: SourceExcerpt,
  sha256Of: (source: Source) => Promise<string>,
): Promise<boolean> {
  const { excerpt, sizeBytes } = source
  const isSame = excerpt === undefined && sizeBytes > 0 && sizeBytes === part.sizeBytes
  return isSame && (await sha256Of(source).catch(() => '')) === part.sha256 // reading it will tell why
}

function isOtherwiseNamed(one: SourceExcerpt | undefined, other: SourceExcerpt): boolean {
  if (one === undefined || one.sha256 !== other.sha256 || one.slice === other.slice) return false
  return one.lines.length > 0 && (one.slice.redacted.length > 0 || other.slice.redacted.length > 0)
}
