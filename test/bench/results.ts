import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BenchOptions } from './bench-options.ts'
import { type Measurement } from './row.ts'

/** The machine that figures come from. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
  readonly kernel: string
  readonly node: string
  /** Absent in Node's part. */
  readonly chromium?: string
}

/** What a run of the bench found. */
export interface BenchResults {
  readonly schema: 'pinscope.bench/1'
  readonly where: 'node' | 'chromium'
  readonly startedAt: string
  readonly machine: Machine
  readonly options: Pick<BenchOptions, 'size' | 'runs' | 'seed'>
  readonly measurements: readonly Measurement[]
  /** Rows that could not be measured, with why. */
  readonly failed: readonly { readonly row: string; readonly message: string }[]
}

/** This machine. */
export function thisMachine(chromium?: string): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    kernel: release(),
    node: process.version,
    ...(chromium === undefined ? {} : { chromium }),
  }
}

/** Where the last results of each part are. */
export function resultsPath(where: BenchResults['where']): string {
  return fileURLToPath(new URL(`../../node_modules/.cache/bench/${where}.json`, import.meta.url))
}

/** Writes results to their usual place, and to another if one is named. */
export function writeResults(results: BenchResults, other?: string): void {
  for (const path of [resultsPath(results.where), ...(other === undefined ? [] : [other])]) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${JSON.stringify(results, undefined, 2)}\n`)
  }
}

/** The last results of a part, if it was ever run. */
export function lastResults(where: BenchResults['where']): BenchResults | undefined {
  try {
    const results: BenchResults = JSON.parse(readFileSync(resultsPath(where), 'utf8'))
    return results
  } catch {
    return undefined
  }
}
