import { type OverviewAnswer } from '../queries/overview.ts'
import { isLargeFile } from '../bridge/large-file.ts'
import { mainOf, setHashOf } from '../base/file-set.ts'
import { beginningOf, shortFileName } from '../base/short-file-name.ts'
import { type LinkParameter } from './link-parameter.ts'

/** Which capture a link is about: its main file by name and content, and the set of all its files. */
export interface CaptureRef {
  /** For people: the hash binds. The end of a long one is cut off, and `..` stands there. */
  readonly fileName: string
  /** Bytes of the main file; absent in links that were made before they told it. */
  readonly sizeBytes?: number
  /** First 16 hex digits of the main file's SHA-256, or of its fingerprint when `isSampled`. */
  readonly hash: string
  /** The link was taken before the content of a large file was hashed, or it has no hash. */
  readonly isSampled?: true
  /** 8 hex digits over the hashes of all files, whatever their order. Empty when the link does not say. */
  readonly set: string
}

type Files = OverviewAnswer['files']

const TRACES: readonly Files[number]['format'][] = ['ftrace', 'perf_script', 'trace_dat', 'mixed']

/** The file that a link names; see `mainOf`. */
export function mainFileOf(files: Files): Files[number] | undefined {
  return mainOf(files, ({ format }) => TRACES.includes(format))
}

/** How a link names these files; `undefined` when there is none, or nothing that the main one could be known by. */
export function captureRefOf(files: Files): CaptureRef | undefined {
  const main = mainFileOf(files)
  if (main === undefined) return undefined
  const known = { fileName: shortFileName(main.name), sizeBytes: main.sizeBytes, set: setHashOf(files) }
  if (main.hash.kind === 'known') return { ...known, hash: main.hash.sha256.slice(0, DIGITS) }
  const { fingerprint } = main.hash
  return fingerprint === undefined ? undefined : { ...known, hash: fingerprint.slice(0, DIGITS), isSampled: true }
}

/** True when two links name the same files in the same words. */
export function isSameRef(one: CaptureRef | undefined, other: CaptureRef | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  const { fileName, hash, isSampled, set } = one
  return fileName === other.fileName && hash === other.hash && set === other.set && isSampled === other.isSampled
}

const DIGITS = 16

/**
 * `trace.txt.gz~1a2b3c4d5e6f7a8b~81263`: name, hash and size of the main file; `~samples-…` before a fingerprint. The set has a
 * parameter of its own.
 */
export const fileRef: LinkParameter<Omit<CaptureRef, 'set'>> = {
  parse(value) {
    const match = /^(.+)~(samples-)?([0-9a-f]{16})~(\d{0,15})$/s.exec(value)
    if (match === null) return undefined
    const [, fileName, samples, hash, size] = match
    return {
      fileName,
      hash,
      ...(size === '' ? {} : { sizeBytes: Number(size) }),
      ...(samples === undefined ? {} : { isSampled: true }),
    }
  },
  serialize: ({ fileName, hash, sizeBytes, isSampled }) =>
    `${fileName}~${isSampled === true ? 'samples-' : ''}${hash}~${sizeBytes ?? ''}`,
}

/** `set=1a2b3c4d`. */
export const setRef: LinkParameter<string> = {
  parse: (value) => (/^[0-9a-f]{8}$/.test(value) ? value : undefined),
  serialize: (value) => value,
}

/**
 * What opening these files means to a link that asks for a capture. `same_samples` by size and samples it is the asked file,
 * and the link does not say more; `not_known_yet` it may be the one whose hash is put off; `cannot_be_known` it may be one of
 * `unknowableOf`.
 */
export type Admission =
  | 'same'
  | 'other_companions'
  | 'other_file'
  | 'same_samples'
  | 'not_known_yet'
  | 'cannot_be_known'

/** The opened file that a link names, by its content alone; `undefined` while that is not known. */
export function fileOfRef<File extends Known>(
  { hash: asked, isSampled }: CaptureRef,
  files: readonly File[],
): File | undefined {
  return files.find(({ hash }) =>
    isSampled === true ? hash.fingerprint?.startsWith(asked) : hash.kind === 'known' && hash.sha256.startsWith(asked),
  )
}

/** What of a file tells whether it is the one that a link asks for. */
type Known = Pick<Files[number], 'name' | 'hash' | 'sizeBytes'>

/** Compares what a link asks for with what was opened. The asked file may be any of the opened ones. */
export function judgeAdmission(asked: CaptureRef, files: readonly Known[]): Admission {
  const unlike = unknowableOf(asked, files).length > 0 ? 'cannot_be_known' : 'other_file'
  if (asked.isSampled === true) return fileOfRef(asked, files) === undefined ? unlike : 'same_samples'
  if (fileOfRef(asked, files) !== undefined) {
    const set = setHashOf(files)
    return asked.set === '' || set === '' || asked.set === set ? 'same' : 'other_companions'
  }
  return files.some((file) => file.hash.kind === 'put_off' && mayBe(asked, file)) ? 'not_known_yet' : unlike
}

/** A file of another size is another file, before its content is hashed. */
function mayBe({ sizeBytes }: CaptureRef, file: Known): boolean {
  return sizeBytes === undefined || file.sizeBytes === 0 || file.sizeBytes === sizeBytes
}

/** `trace.txt, 81263 bytes, SHA-256 1a2b3c4d5e6f7a8b…`: what a link asks for, in words. */
export function refWords({ fileName, sizeBytes, hash, isSampled }: CaptureRef): string {
  const size = sizeBytes === undefined ? '' : `, ${sizeBytes} bytes`
  return `${fileName}${size}, ${isSampled === true ? 'samples' : 'SHA-256'} ${hash}…`
}

/** The same of a file that came. */
export function identityWords({ name, sizeBytes, hash }: Files[number]): string {
  const size = `${name}, ${sizeBytes} bytes`
  if (hash.kind === 'known') return `${size}, SHA-256 ${hash.sha256.slice(0, DIGITS)}…`
  return hash.fingerprint === undefined ? `${size}, no hash` : `${size}, samples ${hash.fingerprint.slice(0, DIGITS)}…`
}

/** True when a file has the name that a link asks for, as far as the link tells it. */
export function hasAskedName({ fileName }: CaptureRef, { name }: Pick<Files[number], 'name'>): boolean {
  const beginning = beginningOf(fileName)
  return name === fileName || (beginning !== undefined && name.startsWith(beginning))
}

/** A file that lacks what a link knows its file by. `why`: in words for a person, after the name of the file. */
interface Unknowable<File> {
  readonly file: File
  readonly why: string
}

/** Files of which nobody can tell whether they are the asked one. Only large files are known by samples. */
export function unknowableOf<File extends Known>(
  asked: CaptureRef,
  files: readonly File[],
): readonly Unknowable<File>[] {
  const { isSampled } = asked
  return files.flatMap((file) => {
    const { hash, sizeBytes } = file
    if (isSampled === true && hash.fingerprint !== undefined) return []
    if (asked.sizeBytes !== undefined && sizeBytes !== 0 && sizeBytes !== asked.sizeBytes) return []
    if (hash.kind === 'none') return [{ file, why: `it has no hash: ${hash.why}` }]
    return isSampled === true && isLargeFile(sizeBytes) ? [{ file, why: NOT_SAMPLED }] : []
  })
}

const NOT_SAMPLED =
  'it has no samples, by which the link knows its file: none are taken of a file in an archive, or where the page does not ' +
  'come over https or from localhost. Ask for a link that was copied after the file was hashed.'

/** True when the link's file is among them, as far as it says which it is. */
export function isAdmitted(admission: Admission): boolean {
  return admission === 'same' || admission === 'other_companions' || admission === 'same_samples'
}
