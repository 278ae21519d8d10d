/** Rule files are small; what is larger is a capture. Bytes. */
const MOST_BYTES = 16 * 1024 * 1024
/** A rule file says what it is before anything else. Bytes. */
const HEAD_BYTES = 4096

/** Files that came together, rule files apart: those are no part of a capture. */
export interface SortedFiles {
  readonly ruleFiles: readonly File[]
  readonly others: readonly File[]
}

/** Tells rule files from captures by their first lines, whatever they are called. */
export async function sortFiles(files: readonly File[]): Promise<SortedFiles> {
  const areRules = await Promise.all(files.map(isRuleFile))
  return { ruleFiles: files.filter((_, at) => areRules[at]), others: files.filter((_, at) => !areRules[at]) }
}

async function isRuleFile(file: File): Promise<boolean> {
  if (file.size > MOST_BYTES) return false
  const head = await file
    .slice(0, HEAD_BYTES)
    .text()
    .catch(() => '')
  return /^\ufeff?\s*\{\s*"schema"\s*:\s*"pinscope\.rules\//.test(head)
}
