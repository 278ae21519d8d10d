import { knownSha256 } from '../../src/model/file-hash.ts'
import { type SourceFile } from '../../src/model/source-file.ts'

/**
 * What is said of a file by how its bytes lie on disk: a file and the same file packed with gzip differ in these, and only in
 * these. Its name is not among them, the files are given the same names.
 */
const OF_PACKING: ReadonlySet<string> = new Set([
  'sizeBytes',
  'bytes',
  'isCompressed',
  'hash',
  'sha256',
  'sha256Of',
  'hashName',
])

/**
 * A sparse index of places to begin looking for a line at: where the entries lie is left to who reads. Lines that are found by
 * it are among the answers.
 */
const INDEX: readonly (keyof SourceFile)[] = ['lineNumbers', 'lineOffsets']

/** The files of a trace without what may differ. */
export function sameFiles(files: readonly SourceFile[]): readonly object[] {
  const left = new Set<string>([...OF_PACKING, ...INDEX])
  return files.map((file) => without(file, left))
}

/** The JSON of an answer or a report, in which what is said of a file by its packing is left out, and its hash has a name instead. */
export function sameJson(answer: unknown, files: readonly SourceFile[]): string {
  const json = JSON.stringify(answer, (name, value: unknown) => {
    if (typeof value === 'string') return PACKED.has(name) ? `(packed, see json)` : parsed(value)
    return isFile(value) ? without(value, OF_PACKING) : value
  })
  return files.reduce((text, { hash }, at) => {
    const sha256 = knownSha256(hash)
    return sha256 === undefined ? text : text.replaceAll(sha256, `SHA-256 of file ${at}`)
  }, json)
}

/** Of a slice: packed forms of its JSON, which is compared itself. */
const PACKED: ReadonlySet<string> = new Set(['packed', 'gz'])

/** JSON in an answer, a mail or a slice, is compared as what it says: it tells the sizes of the files. */
function parsed(text: string): unknown {
  return /^\s*\{\s*"/.test(text) ? JSON.parse(text) : text
}

/** A file as answers and reports tell of it: it has a ledger. */
function isFile(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  return 'sizeBytes' in value ? 'ledger' in value || 'spans' in value : 'bytes' in value && 'unit' in value
}

function without(file: object, left: ReadonlySet<string>): object {
  return Object.fromEntries(Object.entries(file).filter(([name]) => !left.has(name)))
}
