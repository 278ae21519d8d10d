// node src/cli/run-ts.mjs test/eval/fit-calibration.ts [--runs N] [--write]
// Fits the weights of confidence to simulated traces, judges them by other seeds, machines and kinds of damage, and
// writes src/derive/attribution/confidence-weights.ts when told to.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { confidenceOf } from '../../src/derive/attribution/calibration.ts'
import { type ConfidenceModel } from '../../src/derive/attribution/confidence-weights.ts'
import { REASON_IDS } from '../../src/derive/attribution/reasons.ts'
import { judgeSimulation } from '../support/judge-simulation.ts'
import { type Example, fitModel } from './fit-model.ts'
import { FIRST_SEED, FIT_DAMAGES, FIT_WORLDS, UNSEEN_DAMAGES, UNSEEN_WORLDS } from './simulated-worlds.ts'
import { PRIOR_MODEL } from './prior-model.ts'
import { CONFIDENT } from '../../src/cli/eval/score.ts'
import { calibrationLines, calibrationOf } from '../../src/cli/eval/summary.ts'

/** From the root of the repository, where npm runs scripts. */
const WEIGHTS = 'src/derive/attribution/confidence-weights.ts'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '40' }, write: { type: 'boolean', default: false } },
})
const runs = Number(values.runs)

const examples = examplesOf(FIT_WORLDS, FIT_DAMAGES, FIRST_SEED.fit, runs)
const model = fitModel(examples, PRIOR_MODEL)
for (const id of REASON_IDS) {
  const having = examples.filter(({ reasons }) => (reasons[id] ?? 0) > 0)
  const share = having.filter(({ isRight }) => isRight).length / Math.max(1, having.length)
  say(
    `${id.padEnd(14)} ${model.weights[id].toFixed(2).padStart(6)}  in ${String(having.length).padStart(5)}, right ${share.toFixed(2)}`,
  )
}
say(`base ${model.base}, sure from ${model.sureFrom}`)
judge('what it was fitted to', examples, model)
const others = examplesOf(
  [...FIT_WORLDS, ...UNSEEN_WORLDS],
  [...FIT_DAMAGES, ...UNSEEN_DAMAGES],
  FIRST_SEED.judge,
  Math.ceil(runs / 8),
)
judge('other seeds, machines and damage', others, model)
if (values.write) write(model)

function examplesOf(worlds: typeof FIT_WORLDS, damages: typeof FIT_DAMAGES, first: number, count: number): Example[] {
  return worlds.flatMap(([, world]) =>
    damages.flatMap(([, damage]) =>
      Array.from({ length: count }, (_, at) => judgeSimulation({ ...world, ...damage, seed: first + at })).flatMap(
        ({ judged }) => judged.flatMap(({ reasons, isRight }) => (reasons === undefined ? [] : { reasons, isRight })),
      ),
    ),
  )
}

function judge(name: string, judged: readonly Example[], by: ConfidenceModel): void {
  const answers = judged.map(({ reasons, isRight }) => ({ confidence: confidenceOf(reasons, by), isRight }))
  const sure = answers.filter(({ confidence }) => confidence >= CONFIDENT)
  say(
    `\n${name}: ${judged.length} answers, ${sure.length} confident, ${sure.filter(({ isRight }) => !isRight).length} of these wrong`,
  )
  for (const line of calibrationLines(calibrationOf(answers))) say(line)
}

function write(fitted: ConfidenceModel): void {
  const text = readFileSync(WEIGHTS, 'utf8')
  const weights = REASON_IDS.map((id) => `    ${id}: ${fitted.weights[id]},\n`).join('')
  const data = `{\n  base: ${fitted.base},\n  weights: {\n${weights}  },\n  sureFrom: ${fitted.sureFrom},\n}\n`
  writeFileSync(WEIGHTS, `${text.slice(0, text.indexOf(' = {') + 3)}${data}`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
