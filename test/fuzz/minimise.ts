import { type FuzzCase, type FuzzFile } from './fuzz-case.ts'

/** True when an input still breaks the same promise. */
export type StillBreaks = (given: FuzzCase) => Promise<boolean>

const LF = 10

/**
 * A smaller input that breaks the same promise: files, then lines, then bytes are left out, ever fewer at once, as in
 * Zeller's ddmin. Asks `most` times at most.
 */
export async function minimise(given: FuzzCase, stillBreaks: StillBreaks, most = 600): Promise<FuzzCase> {
  let asked = 0
  const ask = async (smaller: FuzzCase): Promise<boolean> => asked++ < most && (await stillBreaks(smaller))
  const { target } = given
  const files = await fewest(given.files, (some) => ask({ target, files: some }))
  const small = [...files]
  for (const [row, file] of small.entries()) {
    const withBytes = (bytes: Uint8Array<ArrayBuffer>): FuzzCase => ({
      target,
      files: small.map((one, at) => (at === row ? { ...file, bytes } : one)),
    })
    const lines = await fewest(linesOf(file), (some) => ask(withBytes(joinedOf(some))))
    const pieces = lines.flatMap((line) => (line.length > 64 || lines.length > 8 ? [line] : bytesOf(line)))
    const fewer = await fewest(pieces, (some) => ask(withBytes(joinedOf(some))))
    small[row] = { ...file, bytes: joinedOf(fewer) }
  }
  return { target, files: small }
}

/** The parts that are needed, in their order. `isEnough` of all of them is taken for true. */
async function fewest<T>(
  parts: readonly T[],
  isEnough: (some: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let needed = parts
  for (let size = needed.length >> 1; size >= 1; size = size === 1 ? 0 : size >> 1) {
    for (let at = 0; at < needed.length && needed.length > 1;) {
      const some = [...needed.slice(0, at), ...needed.slice(at + size)]
      if (some.length > 0 && (await isEnough(some))) needed = some
      else at += size
    }
  }
  return needed
}

function linesOf({ bytes }: FuzzFile): readonly Uint8Array[] {
  const lines: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(LF, at)
    const next = end < 0 ? bytes.length : end + 1
    lines.push(bytes.subarray(at, next))
    at = next
  }
  return lines
}

function bytesOf(line: Uint8Array): readonly Uint8Array[] {
  return Array.from(line, (byte) => Uint8Array.of(byte))
}

function joinedOf(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts))
}
