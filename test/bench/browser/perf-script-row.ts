import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { perfScript } from '../inputs/bench-inputs.ts'
import { median } from '../median.ts'
import { type Peer, repeat } from '../repeat.ts'
import { type BenchRow, type BrowserBench } from '../row.ts'
import { expectedOf } from './expected.ts'
import { importInSpeedscope } from './speedscope.ts'
import { serveFolder } from './serve-folder.ts'

const SPEEDSCOPE = fileURLToPath(new URL('../../../node_modules/speedscope/dist/release', import.meta.url))

/** `perf script` text on the page, beside speedscope importing the same file in the same browser. */
export const perfScriptText: BenchRow<BrowserBench> = {
  name: 'perf-script',
  run: async (bench) => {
    const input = perfScript(bench)
    const expected = await expectedOf(input)
    const served = existsSync(SPEEDSCOPE) ? await serveFolder(SPEEDSCOPE) : undefined
    let threads: number | undefined
    const { runs, baselines } = await bench.withPage(async (page) => {
      const speedscope: Peer = {
        name: 'speedscope',
        run: async () => {
          if (served === undefined) return undefined
          const imported = await importInSpeedscope(page.page, served.address, input.path)
          threads = imported.profiles
          return imported
        },
      }
      const read = async () => {
        await page.open()
        return page.load(input.path, expected)
      }
      return repeat(bench.options.runs, read, [speedscope])
    })
    await served?.close()
    const ms = median(runs.map(({ readyMs }) => readyMs))
    const imported = threads === undefined ? '' : `; speedscope shows ${threads} threads`
    return [
      {
        row: 'perf-script',
        where: 'chromium',
        what: `${input.about}: file to the whole answer, painted`,
        unit: 'ms',
        value: ms,
        runs: runs.map(({ readyMs }) => readyMs),
        baselines: baselines(ms),
        checked: `${expected.events} events${imported}`,
      },
    ]
  },
}
