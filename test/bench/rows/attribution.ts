import { check } from '../check.ts'
import { failedRange, manyEvents, type NamedInput } from '../inputs/bench-inputs.ts'
import { type ReadAnswer, readInProcess } from '../measured/read-question.ts'
import { median } from '../median.ts'
import { type Bench, type BenchRow, type Measurement } from '../row.ts'

const ALL_RANGES_MS = 2000
const ONE_RANGE_MS = 500

/** Failed ranges found and judged: all of a large trace, and one large one. */
export const attribution: BenchRow = {
  name: 'attribution',
  run: async (bench) => [
    await measure(bench, manyEvents(bench), 'all failed ranges judged', ALL_RANGES_MS),
    await measure(bench, failedRange(bench), 'judged', ONE_RANGE_MS),
  ],
}

async function measure({ options }: Bench, input: NamedInput, words: string, atMost: number): Promise<Measurement> {
  const runs: number[] = []
  let checked = ''
  for (let run = 0; run < options.runs; run++) {
    const answer = await readInProcess({ path: input.path, threads: 'all', only: 'judge' })
    runs.push(answer.judged?.attributionMs ?? Number.NaN)
    checked = checkJudged(input, answer)
  }
  return {
    row: 'attribution',
    where: 'node',
    what: `${input.about}: ${words}`,
    unit: 'ms',
    value: median(runs),
    runs,
    target: { atMost },
    baselines: [],
    checked,
  }
}

function checkJudged({ about, facts }: NamedInput, { events, judged }: ReadAnswer): string {
  const pages = judged?.blockingPages ?? 0
  if (facts?.failures !== 0 && pages === 0) throw new Error(`${about}: no page was found in the way`)
  const counted = check(about, {
    events: [events, facts?.events],
    'failed ranges': [judged?.failures, facts?.failures],
  })
  return `${counted}, ${pages} pages in the way`
}
