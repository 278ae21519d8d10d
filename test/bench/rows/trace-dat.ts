import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { scaled } from '../bench-options.ts'
import { check } from '../check.ts'
import { repeatTraceDat } from '../inputs/repeat-trace-dat.ts'
import { sizeText } from '../inputs/bench-inputs.ts'
import { readInProcess } from '../measured/read-question.ts'
import { median } from '../median.ts'
import { repeat } from '../repeat.ts'
import { type Bench, type BenchRow } from '../row.ts'
import { runCommand } from '../run-command.ts'
import { grepCount } from './text-peers.ts'

const REAL = fileURLToPath(new URL('../../../../shared/corpus/leaky-tracecmd/trace.dat.gz', import.meta.url))

/** A trace.dat of a real machine told many times over, beside `trace-cmd report`. */
export const traceDat: BenchRow = {
  name: 'trace-dat',
  run: async (bench) => {
    const path = await largeTraceDat(bench)
    if (path === undefined) return []
    const text = bench.inputs.scratch('trace-cmd.txt')
    let events: number | undefined
    const report = async () => {
      const done = await runCommand('trace-cmd', ['report', '-i', path], text)
      if (done !== undefined) events ??= await countEvents(text)
      return done
    }
    const read = () => readInProcess({ path, threads: 'all', only: 'read' })
    const { runs, baselines } = await repeat(bench.options.runs, read, [{ name: 'trace-cmd report', run: report }])
    const ms = median(runs.map(({ readMs }) => readMs))
    return [
      {
        row: 'trace-dat',
        where: 'node',
        what: `real trace.dat over and over, ${sizeText(statSync(path).size)}: file to full index`,
        unit: 'ms',
        value: ms,
        runs: runs.map(({ readMs }) => readMs),
        baselines: baselines(ms),
        checked: check('trace.dat', { events: [runs[0].events, events ?? runs[0].events] }),
      },
    ]
  },
}

/** The real one as trace-cmd converts it, with its pages repeated; undefined where one of the two is missing. */
async function largeTraceDat({ options, inputs, say }: Bench): Promise<string | undefined> {
  const packed = inputs.scratch('trace.dat')
  const plain = inputs.scratch('trace-v6.dat')
  const large = inputs.scratch('trace-large.dat')
  if (existsSync(REAL)) writeFileSync(packed, gunzipSync(readFileSync(REAL)))
  const convert = ['convert', '-i', packed, '-o', plain, '--file-version', '6']
  if (!existsSync(REAL) || (await runCommand('trace-cmd', convert)) === undefined) {
    say('trace-dat    | not measured: needs trace-cmd and a real trace.dat')
    return undefined
  }
  repeatTraceDat(plain, large, scaled(options, 60))
  return large
}

/** Events that trace-cmd prints; stacks are events of their own to it. */
async function countEvents(text: string): Promise<number | undefined> {
  const all = grepCount(text, '^ *[^ =].*-[0-9]+ +\\[[0-9]+\\]', '-E')
  const stacks = grepCount(text, 'kernel_stack:')
  await Promise.all([all.run(), stacks.run()])
  const [counted, ofThem] = [all.counted(), stacks.counted()]
  return counted === undefined || ofThem === undefined ? undefined : counted - ofThem
}
