import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../base/result.ts'
import { plainText } from '../../report/plain-text.ts'
import { fileErrorText } from '../file-error.ts'
import { FOUND, type Output } from '../output.ts'
import { type CaptureDamage, captureFiles, damagedFiles } from './capture-files.ts'
import { DAMAGE_PLANS, type DamagePlan } from './damages.ts'
import { type EvalCommand } from './eval-arguments.ts'
import { lanes } from './lanes.ts'
import { noiseLines, noiseOf, type NoiseTally } from './noise.ts'
import { type PrintedReport } from './printed-report.ts'
import { runReport } from './run-report.ts'
import { addScores, NO_SCORE, type Score, scoreOf } from './score.ts'
import { calibrationOf, summaryLines, summaryOf } from './summary.ts'
import { readTruth } from './truth.ts'

/** What one capture gave, over all seeds. */
interface CaptureResult {
  readonly name: string
  readonly score: Score
  readonly noise?: NoiseTally
  /** What the command said when it printed no report; the score is then that of one without failures. */
  readonly errors: readonly string[]
}

/** Runs so many commands at a time as there are cores. */
type InLane = ReturnType<typeof lanes>

/**
 * `pinscope eval`: runs `pinscope report --json` over every folder that has a truth.json, whole and damaged, and says of what
 * it printed how right it was and how well it knew. Text is printed capture by capture, JSON at the end. The exit code is 1
 * when a report could not be had.
 */
export async function runEval(command: EvalCommand): Promise<Output> {
  const names = capturesIn(command)
  if (!names.ok) return names
  const print = (line: string): void => {
    if (!command.isJson) process.stdout.write(`${plainText(line)}\n`)
  }
  const inLane = lanes(availableParallelism())
  const plans: object[] = []
  let hasFailed = false
  for (const [at, plan] of DAMAGE_PLANS.entries()) {
    if (command.plans !== undefined && !command.plans.includes(at)) continue
    const results = await evaluatePlan(command, names.value, plan, { inLane, print })
    hasFailed ||= results.some(({ errors }) => errors.length > 0)
    plans.push(planJson(plan, results))
  }
  const text = command.isJson ? `${JSON.stringify({ schema: 'pinscope.eval/1', plans }, undefined, 1)}\n` : ''
  return ok({ text, code: hasFailed ? FOUND : 0 })
}

function capturesIn({ root, only }: EvalCommand): Result<readonly string[], string> {
  let names: readonly string[]
  try {
    names = readdirSync(root)
  } catch (error) {
    return fail(`${root}: ${fileErrorText(error)}`)
  }
  const stranger = only?.find((name) => !names.includes(name))
  if (stranger !== undefined) return fail(`${root} has no folder ${stranger}`)
  const found = names.filter(
    (name) => existsSync(join(root, name, 'truth.json')) && (only === undefined || only.includes(name)),
  )
  const wrong = found.map((name) => wrongTruth(join(root, name, 'truth.json'))).find((one) => one !== undefined)
  if (wrong !== undefined) return fail(wrong)
  return found.length === 0 ? fail(`${root}: no folder in it has a truth.json`) : ok(found)
}

function wrongTruth(path: string): string | undefined {
  try {
    readTruth(path)
    return undefined
  } catch (error) {
    return `${path}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
  }
}

interface Beside {
  readonly inLane: InLane
  readonly print: (line: string) => void
}

async function evaluatePlan(
  command: EvalCommand,
  names: readonly string[],
  plan: DamagePlan,
  { inLane, print }: Beside,
): Promise<readonly CaptureResult[]> {
  print('')
  print(`── ${plan.name}`)
  print(header())
  const begun = names.map((name) => evaluateCapture(command, name, plan, inLane))
  const results: CaptureResult[] = []
  for (const ended of begun) {
    const result = await ended
    results.push(result)
    print(row(result.name, result.score))
    for (const line of detailsOf(result, command.isVerbose)) print(`    ${line}`)
  }
  const scores = results.map(({ score }) => score)
  const total = scores.reduce(addScores, NO_SCORE)
  print(row('total', total))
  for (const line of summaryLines(summaryOf(scores), calibrationOf(total.answers))) print(line)
  for (const line of noiseLines(results.flatMap(({ noise }) => noise ?? []))) print(line)
  return results
}

function planJson({ name }: DamagePlan, results: readonly CaptureResult[]): object {
  const scores = results.map(({ score }) => score)
  const total = scores.reduce(addScores, NO_SCORE)
  const { answers: _answers, ...sums } = total
  return {
    plan: name,
    summary: summaryOf(scores),
    calibration: calibrationOf(total.answers),
    total: sums,
    captures: results.map(({ name: capture, score: { answers, ...score }, noise, errors }) => ({
      capture,
      ...score,
      answers: answers.length,
      ...(noise === undefined ? {} : { noise }),
      errors,
    })),
  }
}

function detailsOf({ score, errors }: CaptureResult, isVerbose: boolean): readonly string[] {
  const failed = errors.map((error) => `NO REPORT: ${error}`)
  return isVerbose ? [...failed, ...[...score.extras, ...score.misses].slice(0, 8)] : failed
}

async function evaluateCapture(
  { root, seeds }: EvalCommand,
  name: string,
  plan: DamagePlan,
  inLane: InLane,
): Promise<CaptureResult> {
  const path = join(root, name)
  if (isWhole(plan)) return { name, ...(await evaluateOnce(path, plan, 0, inLane)) }
  const runs = await Promise.all(Array.from({ length: seeds }, (_, at) => evaluateOnce(path, plan, at + 1, inLane)))
  return {
    name,
    score: runs.map(({ score }) => score).reduce(addScores, NO_SCORE),
    errors: runs.flatMap((run) => run.errors),
  }
}

async function evaluateOnce(
  path: string,
  plan: DamagePlan,
  seed: number,
  inLane: InLane,
): Promise<Omit<CaptureResult, 'name'>> {
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
