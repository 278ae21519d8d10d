import { type Pieces } from '../wrapping.ts'
import { type Source } from '../source.ts'
import { streamOf } from '../unwrap.ts'

/** Members of one archive that are read; what a folder of captures never reaches. */
export const MOST_MEMBERS = 10_000
/** Characters of a member's name that are kept. */
const MOST_NAME_CHARACTERS = 1024

/** What was found in an archive. */
export interface Contents {
  /** Each a file of its own, named `archive/path/in/it`, in the archive's order. */
  readonly members: readonly Source[]
  /** What is wrong with the archive as a whole, in words; empty when nothing is. */
  readonly damage: string
}

/**
 * Name of a member to cite it by. It is a name only: nothing is ever written under it. Control characters, which would
 * play tricks on a terminal, and marks that reorder text, which would on a person, become `?`.
 */
export function memberName(archive: string, path: string): string {
  const told = path.slice(0, MOST_NAME_CHARACTERS).replace(/^(?:\.\/)+/, '')
  return `${archive}/${plainName(told)}`
}

/** Names of the members of an archive, each once: of two entries of one name the second one is cited as `a.zip/x (2)`. */
export function memberNames(archive: string, paths: readonly string[]): readonly string[] {
  const times = new Map<string, number>()
  const taken = new Set(paths.map((path) => memberName(archive, path)))
  return paths.map((path) => {
    const name = memberName(archive, path)
    let time = (times.get(name) ?? 0) + 1
    while (time > 1 && taken.has(`${name} (${time})`)) time++
    times.set(name, time)
    return time === 1 ? name : `${name} (${time})`
  })
}

// C0, DEL and C1; marks of direction (UAX 9); breaks of lines and what takes no room, by which two names look alike.
const UNSAFE =
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** A name without what would not be seen as it is: each such character becomes `?`. */
export function plainName(name: string): string {
  return name.replace(UNSAFE, '?')
}

/** True for what a folder would not give either: hidden files, and those that macOS puts beside the real ones. */
export function isHidden(path: string): boolean {
  return path.slice(path.lastIndexOf('/') + 1).startsWith('.') || path.startsWith('__MACOSX/')
}

/** A member, or an archive, of which nothing can be read; `damage` says why. */
export function unreadable(name: string, damage: string): Source {
  return { name, sizeBytes: 0, stream: () => streamOf(nothing()), damage: () => damage }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // no piece
}

/** The first `size` bytes of the pieces, fewer where they end. */
export async function firstBytes(pieces: Pieces, size: number): Promise<Uint8Array> {
  const head = new Uint8Array(size)
  let at = 0
  for await (const piece of pieces) {
    const fitting = piece.subarray(0, size - at)
    head.set(fitting, at)
    at += fitting.length
    if (at >= size) break
  }
  return head.subarray(0, at)
}
