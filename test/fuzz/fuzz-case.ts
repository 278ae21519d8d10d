/** What is under test: see `targets/`. */
export type TargetName = 'load' | 'bridge' | 'rules' | 'session' | 'link' | 'embedded' | 'filter'

/** All targets. */
export const TARGET_NAMES: readonly TargetName[] = ['load', 'bridge', 'rules', 'session', 'link', 'embedded', 'filter']

/** One file of an input. */
export interface FuzzFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** One input: files that are given together, to one part of the engine. */
export interface FuzzCase {
  readonly target: TargetName
  readonly files: readonly FuzzFile[]
}

/** A promise that an input broke. */
export interface Fault {
  /** Which promise: `ledger`, `exception`, `chunks`… */
  readonly check: string
  /** What was seen. */
  readonly message: string
  /** Faults of one cause, as far as can be told: the check and where it was seen. */
  readonly signature: string
}

/** Bytes of all files. */
export function sizeOf({ files }: FuzzCase): number {
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0)
}

/** The text of a file, whatever its bytes. */
export function textOf({ bytes }: FuzzFile): string {
  return new TextDecoder().decode(bytes)
}

/** A file of a text. */
export function fileOf(name: string, text: string): FuzzFile {
  return { name, bytes: new TextEncoder().encode(text) }
}

/** A case as bytes: the length of a line of JSON, that line, then the files one after the other. */
export function packCase({ target, files }: FuzzCase): Uint8Array<ArrayBuffer> {
  const told = JSON.stringify({ target, files: files.map(({ name, bytes }) => ({ name, size: bytes.length })) })
  const head = new TextEncoder().encode(`${told}\n`)
  const packed = new Uint8Array(head.length + files.reduce((sum, { bytes }) => sum + bytes.length, 0))
  packed.set(head)
  let at = head.length
  for (const { bytes } of files) {
    packed.set(bytes, at)
    at += bytes.length
  }
  return packed
}

/** The case that `packCase` made the bytes of. */
export function unpackCase(packed: Uint8Array): FuzzCase {
  const end = packed.indexOf(10)
  const told = JSON.parse(new TextDecoder().decode(packed.slice(0, end))) as {
    readonly target: TargetName
    readonly files: readonly { readonly name: string; readonly size: number }[]
  } // only `packCase` writes this
  let at = end + 1
  const files = told.files.map(({ name, size }) => ({ name, bytes: packed.slice(at, (at += size)) }))
  return { target: told.target, files }
}
