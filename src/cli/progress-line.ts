import { type ReadProgress } from '../formats/read-options.ts'
import { plainText } from '../report/plain-text.ts'

/** How far a reading has come, on one line of a terminal. */
export interface ProgressLine {
  readonly show: (progress: ReadProgress) => void
  /** Takes the line away: what is printed next begins where it stood. */
  readonly clear: () => void
}

/** Readings that are done sooner say nothing. */
const PATIENCE_MS = 500
const MIB = 1 << 20

/** What a terminal is to this: `process.stderr`. */
interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** Tells how far a reading has come, where standard error is a terminal; nothing is written anywhere else. */
export function progressLine(to: Terminal = process.stderr, now: () => number = () => performance.now()): ProgressLine {
  if (to.isTTY !== true) return { show: () => undefined, clear: () => undefined }
  const begun = now()
  let isShown = false
  return {
    show: (progress) => {
      if (now() - begun < PATIENCE_MS) return
      isShown = true
      // Carriage return, text, erase to the end of the line: nothing scrolls.
      to.write(`\r${progressText(progress).slice(0, (to.columns ?? 80) - 1)}\x1b[K`)
    },
    clear: () => {
      if (isShown) to.write('\r\x1b[K')
      isShown = false
    },
  }
}

function progressText({ fileName, fileIndex, fileCount, bytesRead, bytesTotal }: ReadProgress): string {
  const mib = (bytes: number): string => (bytes / MIB).toFixed(0)
  const files = fileCount > 1 ? ` (file ${fileIndex + 1} of ${fileCount})` : ''
  const share = bytesTotal > 0 ? `${mib(bytesRead)} of ${mib(bytesTotal)} MiB` : `${mib(bytesRead)} MiB`
  return `reading ${plainText(fileName)}${files}: ${share}`
}
