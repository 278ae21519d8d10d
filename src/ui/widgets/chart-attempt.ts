/** How a try to move a page ended. */
export type AttemptEnd = 'moved' | 'failed' | 'skipped' | 'unfinished'

/** One try of a task to isolate and move the page. */
export interface ChartAttempt {
  readonly id: string
  readonly fromNs: number
  /** As printed. */
  readonly fromText: string
  readonly toNs: number
  readonly end: AttemptEnd
  /** `kcompactd0-31`: attempts of one task share a row. */
  readonly task: string
  /** Everything in one sentence: for the readout, the tooltip and those who do not see the bar. */
  readonly sentence: string
}

/** A moment with what is to be said of it in the chart's readout. */
export interface ToldMoment {
  readonly ns: number
  readonly words: string
}

/** What stands for each end, so that no colour is needed. */
export const ATTEMPT_GLYPHS: Readonly<Record<AttemptEnd, string>> = {
  failed: '⨯',
  skipped: '○',
  moved: '→',
  unfinished: '…',
}

/** `3 failed, 2 skipped`: only of ends that occur. */
export function countWords(attempts: readonly ChartAttempt[]): string {
  const ends: readonly AttemptEnd[] = ['failed', 'skipped', 'moved', 'unfinished']
  return ends
    .map((end) => [end, attempts.filter((one) => one.end === end).length] as const)
    .filter(([, count]) => count > 0)
    .map(([end, count]) => `${count} ${end}`)
    .join(', ')
}
