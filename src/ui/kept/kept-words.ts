import { counted } from '../../base/counted.ts'
import { type CaptureIndex } from '../../state/capture-store.ts'
import { type KeptIndexState } from '../../state/kept-index-store.ts'

type Kept = KeptIndexState['kept']

/** `2026-11-21 19:05`, in the time of this machine. */
export function formatDay(ms: number): string {
  const date = new Date(ms)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** `2 captures, 63998160 bytes of 2147483648`. */
export function keptTotal(kept: Kept): string {
  if (kept?.isAvailable !== true) return 'none'
  const { indexes, budgetBytes } = kept
  const bytes = indexes.reduce((sum, index) => sum + index.sizeBytes, 0)
  return `${counted(indexes.length, 'capture')}, ${bytes} bytes of ${budgetBytes}`
}

/** What was kept and is of no use, and what becomes of it; empty when there was nothing. */
export function uselessWords(useless: KeptIndexState['useless']): string {
  const { ofOtherBuilds = 0, notWhole = 0, ofNewerPinscope = 0 } = useless ?? {}
  const parts = [
    ...(ofOtherBuilds > 0 ? [`${indexesOf(ofOtherBuilds)} of another build of pinscope`] : []),
    ...(notWhole > 0 ? [`${indexesOf(notWhole)} damaged or never finished`] : []),
  ]
  const removed =
    parts.length === 0
      ? []
      : [`Removed: ${parts.join(', ')}. Their files are read anew when they are opened, and kept again.`]
  const left = ofNewerPinscope > 0 ? [`Left as they are: ${counted(ofNewerPinscope, 'file')} of a newer pinscope.`] : []
  return [...removed, ...left].join(' ')
}

function indexesOf(count: number): string {
  return `${count} ${count === 1 ? 'index' : 'indexes'}`
}

/** Where the capture came from, and what becomes of its index; `isHashed`: the content of all files is. */
export function indexWords(index: CaptureIndex, kept: Kept, isHashed = true): string {
  if (index.from === 'index' && index.isWithoutFiles === true)
    return `The index of ${formatDay(index.savedAt)} is shown: the files themselves are not open. Open them to see raw lines.`
  if (index.from === 'index') {
    const compared = {
      yes: 'the whole content of the files was compared',
      'not yet': 'the whole content of the files is being compared',
      impossible: 'the content of the files could not be compared',
    }[index.isCompared]
    return `The index of ${formatDay(index.savedAt)} was used: the files were not read again; ${compared}.`
  }
  const { news } = index
  if (news === undefined && !isHashed) return 'These files were read; their index is kept when their content is hashed.'
  if (news === undefined) return 'These files were read; their index is being kept.'
  const isThere = (key: string): boolean => kept?.isAvailable === true && kept.indexes.some((one) => one.key === key)
  if (news.kind === 'kept' && isThere(news.key))
    return `These files were read; their index is kept, ${news.sizeBytes} bytes.`
  if (news.kind === 'not_kept') return `These files were read; their index is not kept: ${NOT_KEPT[news.why]}.`
  return 'These files were read; no index of them is kept.'
}

const NOT_KEPT = {
  too_large: 'it is larger than all that may be kept',
  full: 'the browser gives no more room',
  busy: 'another tab is keeping one; read the files again later',
  stopped: 'keeping was stopped',
  unavailable: 'this browser keeps nothing here',
  changed: 'a file changed since it was read',
  failed: 'pinscope failed at it, which is a fault of pinscope',
} as const
