/** Rule files are small; what is larger is a capture. Bytes. */
const MOST_BYTES = 16 * 1024 * 1024
/** A rule file says what it is before anything else. Bytes. */
const HEAD_BYTES = 4096

/** Files that came together, rule files and triage sessions apart: those are no part of a capture. */
export interface SortedFiles {
  readonly ruleFiles: readonly File[]
  readonly sessionFiles: readonly File[]
  readonly others: readonly File[]
}

/** Tells rule files and sessions from captures by their first lines, whatever they are called. */
export async function sortFiles(files: readonly File[]): Promise<SortedFiles> {
  const kinds = await Promise.all(files.map(kindOf))
  const of = (kind: FileKind): readonly File[] => files.filter((_, at) => kinds[at] === kind)
  return { ruleFiles: of('rules'), sessionFiles: of('session'), others: of('other') }
}

type FileKind = 'rules' | 'session' | 'other'

async function kindOf(file: File): Promise<FileKind> {
  if (file.size > MOST_BYTES) return 'other'
  const head = await file
    .slice(0, HEAD_BYTES)
    .text()
    .catch(() => '')
  if (/^\ufeff?\s*\{\s*"schema"\s*:\s*"pinscope\.rules\//.test(head)) return 'rules'
  return /^\ufeff?\s*\{\s*"pinscope"\s*:\s*"session"/.test(head) ? 'session' : 'other'
}
