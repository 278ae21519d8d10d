import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { check } from '../check.ts'
import { readInProcess } from '../measured/read-question.ts'
import { median } from '../median.ts'
import { repeat } from '../repeat.ts'
import { type BenchRow } from '../row.ts'
import { runCommand } from '../run-command.ts'

const CORPUS_FILE = fileURLToPath(new URL('../../../../shared/corpus/leaky-tracecmd/trace.dat.gz', import.meta.url))
const FIXTURE = fileURLToPath(new URL('../../fixtures/captures/leaky-tracecmd/trace.dat.gz', import.meta.url))

/** A trace.dat of a real machine, beside `trace-cmd report`. */
export const traceDat: BenchRow = {
  name: 'trace-dat',
  run: async ({ options, inputs, say }) => {
    const packed = [CORPUS_FILE, FIXTURE].find((path) => existsSync(path))
    if (packed === undefined) {
      say('trace-dat: no trace.dat to read')
      return []
    }
    const path = inputs.scratch('trace.dat')
    writeFileSync(path, gunzipSync(readFileSync(packed)))
    const text = inputs.scratch('trace-cmd.txt')
    let events: number | undefined
    const report = async () => {
      const done = await runCommand('trace-cmd', ['report', '-i', path], text)
      if (done !== undefined) events = countEvents(readFileSync(text, 'latin1'))
      return done
    }
    const read = () => readInProcess({ path, threads: 'all', only: 'read' })
    const { runs, baselines } = await repeat(options.runs, read, [{ name: 'trace-cmd report', run: report }])
    const ms = median(runs.map(({ readMs }) => readMs))
    const written = events ?? runs[0].events
    return [
      {
        row: 'trace-dat',
        where: 'node',
        what: `real trace.dat, ${(statSync(path).size / 1e6).toFixed(1)} MB: file to full index`,
        unit: 'ms',
        value: ms,
        runs: runs.map(({ readMs }) => readMs),
        baselines: baselines(ms),
        checked: check('trace.dat', { events: [runs[0].events, written] }),
      },
    ]
  },
}

/** Events of the report; stacks are events of their own to trace-cmd. */
function countEvents(report: string): number {
  return report.split('\n').filter((line) => /^ *\S.*-\d+ +\[\d+\]/.test(line) && !line.includes('kernel_stack:'))
    .length
}
