import { type OverviewAnswer } from '../queries/overview.ts'

/** What `pinscope stats` measured. */
export interface StatsFacts {
  readonly overview: OverviewAnswer
  readonly readMs: number
  readonly deriveMs: number
  /** Most memory that the process held at once, resident, bytes. */
  readonly peakBytes: number
}

/** Numbers worked out from what was measured. */
export interface StatsRates {
  readonly textBytes: number
  /** 10^6 bytes of unpacked text a second of reading. */
  readonly megabytesPerSecond: number
  readonly bytesPerEvent: number
}

/** Rates of a reading; 0 where nothing was read. */
export function statsRates({ overview, readMs }: StatsFacts): StatsRates {
  const textBytes = overview.files.reduce((sum, file) => sum + file.textBytes, 0)
  const megabytesPerSecond = readMs <= 0 ? 0 : textBytes / 1000 / readMs
  return { textBytes, megabytesPerSecond, bytesPerEvent: overview.bytesPerEvent }
}
