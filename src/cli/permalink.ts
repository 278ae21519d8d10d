import { mainOf, setHashOf } from '../base/file-set.ts'
import { shortFileName } from '../base/short-file-name.ts'
import { isTraceFormat, type SourceFile } from '../model/source-file.ts'

/** What of a file a link tells. */
type Linked = Pick<SourceFile, 'name' | 'format' | 'records' | 'sizeBytes' | 'hash'>

const DIGITS = 16

/**
 * The part of an address from its `#` on that leads to what failed in these files, as the page writes it: version, main file by
 * name, hash and size, and the set of all of them. Without a file that has a hash it names none.
 */
export function permalinkOf(files: readonly Linked[]): string {
  const main = mainOf(files, ({ format }) => isTraceFormat(format) || format === 'mixed')
  const hash = main?.hash.kind === 'known' ? main.hash.sha256.slice(0, DIGITS) : undefined
  const set = setHashOf(files)
  const parts = [
    'v=2',
    ...(main === undefined || hash === undefined
      ? []
      : [`f=${encodeURIComponent(`${shortFileName(main.name)}~${hash}~${main.sizeBytes}`)}`]),
    ...(hash === undefined || set === '' ? [] : [`set=${set}`]),
    'end',
  ]
  return `#/triage?${parts.join('&')}`
}
