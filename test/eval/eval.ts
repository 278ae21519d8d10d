// npm run eval -- DIR [--seeds N] [--only NAME,NAME] [--plan N,…] [--verbose]
// npm run eval -- --simulated N
// Runs `pinscope report --json` over every folder of DIR that has a truth.json, whole and damaged, and says of what it
// printed how right it was and how well it knew; or the same report, without the command, over N simulated traces of each
// kind. Exits with 1 when a report could not be had.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Result } from '../../src/base/result.ts'
import { type CaptureDamage, captureFiles, damagedFiles } from './capture-files.ts'
import { DAMAGE_PLANS, type DamagePlan } from './damages.ts'
import { lanes } from './lanes.ts'
import { noiseLines, noiseOf, type NoiseTally } from './noise.ts'
import { type PrintedReport } from './printed-report.ts'
import { runReport } from './run-report.ts'
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

/** Commands at a time. */
const inLane = lanes(availableParallelism())

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
  /** What the command said when it printed no report; the score is then that of one without failures. */
  readonly errors: readonly string[]
}

async function evaluatePlan(root: string, names: readonly string[], plan: DamagePlan): Promise<void> {
  process.stdout.write(`\n── ${plan.name}\n${header()}\n`)
  const begun = names.map((name) => [name, evaluateCapture(join(root, name), plan)] as const)
  const results: CaptureResult[] = []
  for (const [name, ended] of begun) {
    const result = await ended
    results.push(result)
    process.stdout.write(`${[row(name, result.score), ...detailsOf(result)].join('\n    ')}\n`)
    if (result.errors.length > 0) process.exitCode = 1
  }
  const scores = results.map(({ score }) => score)
  const total = scores.reduce(addScores, NO_SCORE)
  process.stdout.write(`${row('total', total)}\n`)
  for (const line of summaryLines(summaryOf(scores), calibrationOf(total.answers))) process.stdout.write(`${line}\n`)
  for (const line of noiseLines(results.flatMap(({ noise }) => noise ?? []))) process.stdout.write(`${line}\n`)
}

function detailsOf({ score, errors }: CaptureResult): readonly string[] {
  const failed = errors.map((error) => `NO REPORT: ${error}`)
  return values.verbose ? [...failed, ...[...score.extras, ...score.misses].slice(0, 8)] : failed
}

async function evaluateCapture(path: string, plan: DamagePlan): Promise<CaptureResult> {
  if (isWhole(plan)) return evaluateOnce(path, plan, 0)
  const seeds = Array.from({ length: Number(values.seeds) }, (_, at) => at + 1)
  const runs = await Promise.all(seeds.map((seed) => evaluateOnce(path, plan, seed)))
  return {
    score: runs.map(({ score }) => score).reduce(addScores, NO_SCORE),
    errors: runs.flatMap((run) => run.errors),
  }
}

async function evaluateOnce(path: string, plan: DamagePlan, seed: number): Promise<CaptureResult> {
  const whole = readTruth(join(path, 'truth.json'))
  const damage = plan.damageOf(whole, seed)
  if (damage === undefined) return { score: NO_SCORE, errors: [] }
  const truth = plan.truthOf?.(whole) ?? whole
  const report = await inLane(() => (isWhole(plan) ? runReport(captureFiles(path)) : reportOnDamaged(path, damage)))
  if (!report.ok) return { score: scoreOf(truth, { failures: [] }), errors: [report.error] }
  const score = scoreOf(truth, report.value)
  return isWhole(plan) ? { score, noise: noiseOf(report.value, truth), errors: [] } : { score, errors: [] }
}

async function reportOnDamaged(path: string, damage: CaptureDamage): Promise<Result<PrintedReport, string>> {
  const into = mkdtempSync(join(tmpdir(), 'pinscope-eval-'))
  try {
    return await runReport(damagedFiles(path, damage, into))
  } finally {
    rmSync(into, { recursive: true })
  }
}

function isWhole(plan: DamagePlan): boolean {
  return plan === DAMAGE_PLANS[0]
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
