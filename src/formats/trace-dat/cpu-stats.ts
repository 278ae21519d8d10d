/** What `per_cpu/cpuN/stats` said when the recording ended. */
export interface CpuStats {
  readonly cpu: number
  /** Events overwritten by newer ones. */
  readonly overrun: number
  /** Events dropped because the buffer was full and may not overwrite. */
  readonly dropped: number
}

/**
 *     CPU: 1
 *     entries: 6620
 *     overrun: 0
 *     …
 *     dropped events: 0
 */
export function readCpuStats(texts: readonly string[]): readonly CpuStats[] {
  const found: CpuStats[] = []
  for (const text of texts) {
    for (const part of text.split(/^(?=CPU:)/m)) {
      const cpu = numberBehind(part, 'CPU')
      if (!Number.isNaN(cpu)) {
        found.push({
          cpu,
          overrun: numberBehind(part, 'overrun') || 0,
          dropped: numberBehind(part, 'dropped events') || 0,
        })
      }
    }
  }
  return found
}

function numberBehind(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1] ?? Number.NaN)
}
