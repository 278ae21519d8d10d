import { type OverviewAnswer } from '../queries/overview.ts'
import { hashText } from '../base/hash.ts'
import { type LinkParameter } from './link-parameter.ts'

/** Which capture a link is about: its main file by name and content, and the set of all its files. */
export interface CaptureRef {
  readonly fileName: string
  /** First 16 hex digits of the main file's SHA-256. */
  readonly hash: string
  /** 8 hex digits over the hashes of all files, whatever their order. Empty when the link does not say. */
  readonly set: string
}

type Files = OverviewAnswer['files']

const TRACES: readonly Files[number]['format'][] = ['ftrace', 'perf_script', 'trace_dat', 'mixed']

/** The file that a link names: the one with most records, a trace before anything else; the earlier of equals. */
export function mainFileOf(files: Files): Files[number] | undefined {
  return files.reduce<Files[number] | undefined>(
    (best, file) => (best && !isBefore(file, best) ? best : file),
    undefined,
  )
}

function isBefore(file: Files[number], best: Files[number]): boolean {
  const isTrace = TRACES.includes(file.format)
  if (isTrace !== TRACES.includes(best.format)) return isTrace
  return file.records > best.records
}

/** How a link names these files; `undefined` when there is none. */
export function captureRefOf(files: Files): CaptureRef | undefined {
  const main = mainFileOf(files)
  return main && { fileName: main.name, hash: main.sha256.slice(0, 16), set: setHashOf(files) }
}

/** 8 hex digits over the hashes of all files, in no order. */
export function setHashOf(files: readonly { readonly sha256: string }[]): string {
  const hashes = files.map((file) => file.sha256).toSorted()
  return hashText(hashes.join('\n')).slice(0, 8)
}

/** `trace.txt.gz~1a2b3c4d5e6f7a8b`: name and hash of the main file. The set has a parameter of its own. */
export const fileRef: LinkParameter<Pick<CaptureRef, 'fileName' | 'hash'>> = {
  parse(value) {
    const match = /^(.+)~([0-9a-f]{16})$/s.exec(value)
    return match ? { fileName: match[1], hash: match[2] } : undefined
  },
  serialize: ({ fileName, hash }) => `${fileName}~${hash}`,
}

/** `set=1a2b3c4d`. */
export const setRef: LinkParameter<string> = {
  parse: (value) => (/^[0-9a-f]{8}$/.test(value) ? value : undefined),
  serialize: (value) => value,
}

/** What opening these files means to a link that asks for a capture. */
export type Admission = 'same' | 'other_companions' | 'other_file'

/** Compares what a link asks for with what was opened. The asked file may be any of the opened ones. */
export function judgeAdmission(asked: CaptureRef, files: Files): Admission {
  if (!files.some((file) => file.sha256.startsWith(asked.hash))) return 'other_file'
  return asked.set === '' || asked.set === setHashOf(files) ? 'same' : 'other_companions'
}
