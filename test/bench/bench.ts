// npm run bench [-- --size-mb N] [--runs N] [--seed N] [PATH…]
// Measures reading and deriving on one core, beside `wc -l` on the same file: of a generated trace, or of given files.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { generateTrace } from './generate-trace.ts'
import { type Measurement, measure } from './measure.ts'

const RESULTS = fileURLToPath(new URL('../../node_modules/.cache/bench.json', import.meta.url))
const MB = 1e6

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'size-mb': { type: 'string', default: '300' },
    runs: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'pinscope-bench-'))
try {
  const paths = positionals.length > 0 ? positionals : [generated()]
  const measurements: Measurement[] = []
  for (const path of paths) {
    measurements.push(await measure(path, Number(values.runs)))
    process.stdout.write(`${table(measurements.slice(-1), measurements.length === 1)}\n`)
  }
  mkdirSync(join(RESULTS, '..'), { recursive: true })
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length }
  writeFileSync(RESULTS, `${JSON.stringify({ machine, measurements }, undefined, 2)}\n`)
  process.stdout.write(`written to ${RESULTS}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function generated(): string {
  const path = join(folder, 'generated.txt')
  const { bytes, lines, events } = generateTrace(path, Number(values['size-mb']) * MB, Number(values.seed))
  process.stdout.write(`generated ${(bytes / MB).toFixed(0)} MB, ${lines} lines, ${events} events with stacks\n`)
  return path
}

function table(measurements: readonly Measurement[], hasHead: boolean): string {
  const head = ['text MB', 'events', 'read MB/s', 'read s', 'derive s', 'B/event', 'wc -l s', 'read/wc', 'peak RSS MB']
  const rows = measurements.map((one) => [
    (one.textBytes / MB).toFixed(1),
    String(one.events),
    (one.textBytes / MB / (one.readMs / 1000)).toFixed(0),
    (one.readMs / 1000).toFixed(2),
    (one.deriveMs / 1000).toFixed(2),
    one.bytesPerEvent.toFixed(1),
    one.wcMs === undefined ? '-' : (one.wcMs / 1000).toFixed(2),
    one.wcMs === undefined ? '-' : (one.readMs / one.wcMs).toFixed(1),
    (one.peakRssBytes / MB).toFixed(0),
  ])
  return (hasHead ? [head, ...rows] : rows).map((row) => row.map((cell) => cell.padStart(12)).join('')).join('\n')
}
