// npm run eval -- DIR [--seeds N] [--only NAME,NAME] [--verbose]
// Runs the engine over every folder of DIR that has a truth.json, whole and damaged, and says how right it was.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { derive } from '../../src/derive/derive.ts'
import { DAMAGE_PLANS, type DamagePlan } from './damages.ts'
import { readCapture } from './read-capture.ts'
import { addScores, NO_SCORE, type Score, scoreOf } from './score.ts'
import { readTruth } from './truth.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1' },
    only: { type: 'string' },
    plan: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
})

const folder = positionals.at(0)
if (folder === undefined) {
  process.stderr.write('usage: npm run eval -- DIR [--seeds N] [--only NAME,…] [--plan N,…] [--verbose]\n')
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

async function evaluatePlan(root: string, names: readonly string[], plan: DamagePlan): Promise<void> {
  process.stdout.write(`\n── ${plan.name}\n${header()}\n`)
  let total = NO_SCORE
  for (const name of names) {
    let score = NO_SCORE
    const seeds = plan === DAMAGE_PLANS[0] ? 1 : Number(values.seeds)
    for (let seed = 1; seed <= seeds; seed++) score = addScores(score, await scoreCapture(join(root, name), plan, seed))
    total = addScores(total, score)
    process.stdout.write(`${row(name, score)}\n`)
    if (values.verbose) for (const miss of score.misses.slice(0, 8)) process.stdout.write(`    ${miss}\n`)
  }
  process.stdout.write(`${row('total', total)}\n`)
}

async function scoreCapture(path: string, plan: DamagePlan, seed: number): Promise<Score> {
  const truth = readTruth(join(path, 'truth.json'))
  const damage = plan.damageOf(truth, seed)
  if (damage === undefined) return NO_SCORE
  const trace = await readCapture(path, plan === DAMAGE_PLANS[0] ? undefined : damage)
  return scoreOf(truth, derive(trace).findings)
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
