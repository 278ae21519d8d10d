import { check } from '../check.ts'
import { manyHolds } from '../inputs/bench-inputs.ts'
import { type PinnersAsked, readInProcess } from '../measured/read-question.ts'
import { median } from '../median.ts'
import { type BenchRow } from '../row.ts'

const MOST_MS = 150

/** Filter, sort and group of all holds, as the Pinners screen asks for them: the engine's part. */
export const holds: BenchRow = {
  name: 'holds',
  run: async (bench) => {
    const input = manyHolds(bench)
    const asked: PinnersAsked[] = []
    let checked = ''
    for (let run = 0; run < bench.options.runs; run++) {
      const { events, judged } = await readInProcess({ path: input.path, threads: 'all', only: 'pinners' })
      if (judged?.pinners === undefined) throw new Error('no holds were asked for')
      asked.push(judged.pinners)
      checked = check(input.about, {
        events: [events, input.facts?.events],
        'holds listed': [judged.pinners.holds, judged.holds],
      })
    }
    return (['filterMs', 'sortMs', 'groupMs'] as const).map((what) => {
      const runs = asked.map((one) => one[what])
      return {
        row: 'holds',
        where: 'node',
        what: `${asked[0].holds} holds: ${what.slice(0, -'Ms'.length)}, the engine's part`,
        unit: 'ms',
        value: median(runs),
        runs,
        target: { atMost: MOST_MS },
        baselines: [],
        checked,
      }
    })
  },
}
