// npm run eval -- DIR [--seeds N] [--only NAME,NAME] [--plan N,…] [--verbose]
// npm run eval -- --simulated N
// Runs the engine over every folder of DIR that has a truth.json, whole and damaged, or over N simulated traces of each
// kind, and says how right it was and how well it knew.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { derive } from '../../src/derive/derive.ts'
import { countEventNoise } from './event-noise.ts'
import { DAMAGE_PLANS, type DamagePlan } from './damages.ts'
import { noiseLines, type NoiseTally, trueHoldersHidden } from './noise.ts'
import { readCapture } from './read-capture.ts'
import { addScores, NO_SCORE, type Score, scoreOf } from './score.ts'
import { simulatedLines } from './simulated.ts'
import { calibrationOf, summaryLines, summaryOf } from './summary.ts'
import { readTruth } from './truth.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1' },
    only: { type: 'string' },
    plan: { type: 'string' },
    simulated: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
})

const USAGE = 'usage: npm run eval -- DIR [--seeds N] [--only NAME,…] [--plan N,…] [--verbose], or --simulated N\n'

const folder = positionals.at(0)
if (values.simulated !== undefined) {
  for (const line of simulatedLines(Number(values.simulated))) process.stdout.write(`${line}\n`)
} else if (folder === undefined) {
  process.stderr.write(USAGE)
  process.exitCode = 2
} else {
  await evaluate(folder)
}

async function evaluate(root: string): Promise<void> {
  const only = values.only?.split(',')
  const names = readdirSync(root).filter(
    (name) => existsSync(join(root, name, 'truth.json')) && (only === undefined || only.includes(name)),
  )
  const plans = values.plan?.split(',').map(Number)
  for (const [at, plan] of DAMAGE_PLANS.entries()) {
    if (plans === undefined || plans.includes(at)) await evaluatePlan(root, names, plan)
  }
}

/** What one capture gave, over all seeds. */
interface CaptureResult {
  readonly score: Score
  readonly noise?: NoiseTally
}

async function evaluatePlan(root: string, names: readonly string[], plan: DamagePlan): Promise<void> {
  process.stdout.write(`\n── ${plan.name}\n${header()}\n`)
  const results: CaptureResult[] = []
  for (const name of names) {
    const result = await evaluateCapture(join(root, name), plan)
    results.push(result)
    process.stdout.write(`${row(name, result.score)}\n`)
    if (values.verbose) for (const miss of result.score.misses.slice(0, 8)) process.stdout.write(`    ${miss}\n`)
  }
  const scores = results.map(({ score }) => score)
  const total = scores.reduce(addScores, NO_SCORE)
  process.stdout.write(`${row('total', total)}\n`)
  for (const line of summaryLines(summaryOf(scores), calibrationOf(total.answers))) process.stdout.write(`${line}\n`)
  for (const line of noiseLines(results.flatMap(({ noise }) => noise ?? []))) process.stdout.write(`${line}\n`)
}

async function evaluateCapture(path: string, plan: DamagePlan): Promise<CaptureResult> {
  if (plan === DAMAGE_PLANS[0]) return evaluateOnce(path, plan, 0)
  let score = NO_SCORE
  for (let seed = 1; seed <= Number(values.seeds); seed++)
    score = addScores(score, (await evaluateOnce(path, plan, seed)).score)
  return { score }
}

async function evaluateOnce(path: string, plan: DamagePlan, seed: number): Promise<CaptureResult> {
  const whole = readTruth(join(path, 'truth.json'))
  const damage = plan.damageOf(whole, seed)
  if (damage === undefined) return { score: NO_SCORE }
  const truth = plan.truthOf?.(whole) ?? whole
  const trace = await readCapture(path, plan === DAMAGE_PLANS[0] ? undefined : damage)
  const derived = derive(trace)
  const score = scoreOf(truth, derived.findings)
  if (plan !== DAMAGE_PLANS[0]) return { score }
  const noise = { ...countEventNoise(trace, derived), holdersHidden: trueHoldersHidden(trace, derived, truth) }
  return { score, noise }
}

function header(): string {
  return `${'capture'.padEnd(24)} ranges   top-1   top-3    kind   found  extra  wrong≥.8  false≥.8`
}

function row(name: string, score: Score): string {
  const of = (part: number, whole: number): string => `${part}/${whole}`.padStart(7)
  return [
    name.padEnd(23),
    `${of(score.rangesFound, score.ranges)}${score.falseRanges === 0 ? '' : ` +${score.falseRanges} false`}`,
    of(score.top1, score.pages),
    of(score.top3, score.pages),
    of(score.kindRight, score.top1),
    of(score.pagesFound, score.pages),
    String(score.pagesExtra).padStart(6),
    String(score.wrongButConfident).padStart(9),
    String(score.falseCulprits).padStart(9),
  ].join(' ')
}
