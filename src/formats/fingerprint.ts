import { sha256Of } from './content-hash.ts'

/** Bytes looked at in one place. */
const SAMPLE_BYTES = 4096
/** Bytes looked at at either end, where files of one recorder differ most. */
const END_BYTES = 64 * 1024
/** Places between the ends. */
const SAMPLES = 64

/**
 * What a file is known by without reading it: SHA-256 of its size, its ends and samples in between, 64 hex digits. Equal files
 * have equal ones; files that differ in a few bytes may, too, so what is found by it has to be compared whole. Throws when the
 * file cannot be read.
 */
export async function fingerprintOf(file: Blob): Promise<string> {
  return fingerprintOfSamples(
    file.size,
    placesOf(file.size).map(([from, to]) => file.slice(from, to)),
  )
}

/** The same by what lies in the `placesOf` a file of so many bytes, where a file is no blob. */
export async function fingerprintOfSamples(size: number, samples: readonly BlobPart[]): Promise<string> {
  const head = new TextEncoder().encode(`${size}\n`)
  return sha256Of(await new Blob([head, ...samples]).arrayBuffer())
}

/** SHA-256 of a text as 64 hex digits. */
export async function textSha256(text: string): Promise<string> {
  return sha256Of(new TextEncoder().encode(text))
}

/** The places of a file that are looked at, ascending; the whole of a small one. */
export function placesOf(size: number): readonly (readonly [from: number, to: number])[] {
  const between = size - 2 * END_BYTES
  if (between <= SAMPLES * SAMPLE_BYTES) return [[0, size]]
  const step = between / SAMPLES
  const samples = Array.from({ length: SAMPLES }, (_, at) => {
    const from = Math.floor(END_BYTES + step * at + (step - SAMPLE_BYTES) / 2)
    return [from, from + SAMPLE_BYTES] as const
  })
  return [[0, END_BYTES], ...samples, [size - END_BYTES, size]]
}
