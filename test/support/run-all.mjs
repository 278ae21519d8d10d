#!/usr/bin/env node
// `npm test`: every check in order, stopping when one fails, then the total of all tests on a line of its own. What takes one
// core runs beside other steps; what such a step says comes when it ends.
//   --only a,b   runs just these steps
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBrowser } from './ensure-browser.mjs'
import { countPlaywright, countVitest, sum } from './test-totals.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const reports = join(root, 'node_modules', '.cache', 'test-reports')
const vitestReport = join(reports, 'vitest.json')
const playwrightReport = join(reports, 'playwright.json')

/**
 * @typedef {import('./test-totals.mjs').Totals} Totals
 * @typedef {readonly [tool: string, ...args: string[]]} Command  a script of node_modules, or of `OWN`, and its arguments
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly Command[]} commands
 * @property {readonly import('./find-browser.mjs').BrowserName[]} [browsers] that it needs
 * @property {boolean} [onlyOnDemand] part of another step; runs when named
 * @property {{ readonly file: string, readonly count: (report: unknown) => Totals }} [report]
 */

const TSC = 'typescript/bin/tsc'
const VITEST = 'vitest/vitest.mjs'
const VITE = 'vite/bin/vite.js'
const CHECKED = ['src', 'test', 'vite.config.ts']
/** Checks of what is installed and built. */
const OWN = '../test/supply/'
const VITEST_REPORTERS = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]

/** @type {readonly Step[]} */
const STEPS = [
  {
    name: 'typecheck',
    commands: [
      [TSC, '-p', 'src/tsconfig.engine.json'],
      [TSC, '-p', 'src/tsconfig.json'],
      [TSC, '-p', 'src/cli/tsconfig.json'],
      [TSC, '-p', 'test/tsconfig.json'],
    ],
  },
  { name: 'audit', commands: [[`${OWN}audit.mjs`]] },
  { name: 'format:check', commands: [['oxfmt/bin/oxfmt', '--check', ...CHECKED, 'index.html']] },
  { name: 'lint', commands: [['oxlint/bin/oxlint', ...CHECKED]] },
  {
    name: 'unit',
    onlyOnDemand: true,
    commands: [[VITEST, 'run', '--project', 'unit', '--project', 'dom', ...VITEST_REPORTERS]],
    report: { file: vitestReport, count: countVitest },
  },
  {
    name: 'vitest',
    browsers: ['chromium'],
    commands: [[VITEST, 'run', ...VITEST_REPORTERS]],
    report: { file: vitestReport, count: countVitest },
  },
  // Bundled by rolldown, as everything that the command line runs from the sources.
  { name: 'fuzz', commands: [['../src/cli/run-ts.mjs', 'test/fuzz/fuzz.ts', '--ci']] },
  {
    name: 'build',
    commands: [
      [VITE, 'build'],
      [VITE, 'build', '--mode', 'one-file'],
    ],
  },
  { name: 'reproduce', commands: [[`${OWN}reproduce.mjs`, '--against', 'dist']] },
  {
    name: 'e2e',
    browsers: ['chromium', 'firefox'],
    commands: [['@playwright/test/cli.js', 'test', '-c', 'test/e2e/playwright.config.ts', '--pass-with-no-tests']],
    report: { file: playwrightReport, count: countPlaywright },
  },
]

/**
 * One after the other. What stands in several lists of one stage runs at the same time, each list in its own order.
 * @type {readonly (readonly (readonly string[])[])[]}
 */
const STAGES = [
  [['typecheck'], ['audit', 'format:check', 'lint']],
  [['unit', 'vitest']],
  [['fuzz'], ['build', 'reproduce']],
  [['e2e']],
]
const STAGED = STAGES.flat(2)
for (const { name } of STEPS) if (!STAGED.includes(name)) throw new Error(`${name} is in no stage`)
for (const name of STAGED)
  if (!STEPS.some((step) => step.name === name)) throw new Error(`a stage has ${name}, which is no step`)
if (STAGED.length !== STEPS.length) throw new Error('a step is in two stages')

process.exitCode = await runAll(chooseSteps(process.argv.slice(2)))

/**
 * @param {readonly string[]} args
 * @returns {readonly Step[]}
 */
function chooseSteps(args) {
  if (args.length === 0) return STEPS.filter((step) => step.onlyOnDemand !== true)
  const wanted = args[0] === '--only' ? (args[1] ?? '').split(',') : []
  const chosen = STEPS.filter((step) => wanted.includes(step.name))
  if (wanted.length > 0 && chosen.length === wanted.length && args.length === 2) return chosen
  process.stderr.write(`usage: run-all.mjs [--only ${STEPS.map((step) => step.name).join(',')}]\n`)
  return process.exit(2)
}

/**
 * @param {readonly Step[]} steps
 * @returns {Promise<number>} the exit code
 */
async function runAll(steps) {
  mkdirSync(reports, { recursive: true })
  /** @type {{ readonly totals: Totals[], failure?: string }} */
  const outcome = { totals: [] }
  for (const stage of STAGES) {
    const lanes = stage
      .map((names) => names.flatMap((name) => steps.filter((step) => step.name === name)))
      .filter((lane) => lane.length > 0)
    await Promise.all(lanes.map((lane) => runLane(lane, lanes.length > 1, outcome)))
    if (outcome.failure !== undefined) break
  }
  if (outcome.failure !== undefined) process.stderr.write(`\nstopped: ${outcome.failure}\n`)
  const all = sum(outcome.totals)
  if (outcome.totals.length > 0) process.stdout.write(`\n${totalLine(all)}\n`)
  return outcome.failure === undefined && all.failed === 0 ? 0 : 1
}

/**
 * Runs steps until one of them fails, or one beside them has.
 * @param {readonly Step[]} lane
 * @param {boolean} isBeside
 * @param {{ readonly totals: Totals[], failure?: string }} outcome
 */
async function runLane(lane, isBeside, outcome) {
  for (const step of lane) {
    if (outcome.failure !== undefined) return
    const failure = await runStep(step, isBeside)
    outcome.failure ??= failure
    if (step.report === undefined) continue
    const counted = readTotals(step.report)
    if (counted === undefined) outcome.failure ??= `${step.name} left no report`
    else outcome.totals.push(counted)
  }
}

/**
 * @param {Totals} totals
 * @returns {string}
 */
function totalLine({ passed, failed, skipped, flaky }) {
  const unsteady = flaky > 0 ? `, ${flaky} flaky: passed only on a second try, see above` : ''
  return `${passed} passed, ${failed} failed, ${skipped} skipped${unsteady}`
}

/**
 * @param {Step} step
 * @param {boolean} isBeside  what it says is held back until it ends, so that two steps do not talk at once
 * @returns {Promise<string | undefined>} what went wrong
 */
async function runStep(step, isBeside) {
  if (step.report !== undefined) rmSync(step.report.file, { force: true })
  const started = performance.now()
  const begun = `\n── ${step.name}\n`
  /** @type {Buffer[] | undefined} */
  const said = isBeside ? [Buffer.from(begun)] : undefined
  if (said === undefined) process.stdout.write(begun)
  for (const browser of step.browsers ?? []) process.env[browser.toUpperCase()] = ensureBrowser(browser)
  /** @type {string | undefined} */
  let failure
  for (const command of step.commands) {
    const code = await run(command, said)
    if (code !== 0) failure = `${step.name} failed (${command.join(' ')}: exit ${code})`
    if (failure !== undefined) break
  }
  if (said !== undefined) process.stdout.write(Buffer.concat(said))
  if (failure === undefined)
    process.stdout.write(`── ${step.name} ok, ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
  return failure
}

/**
 * Node runs the tool's own script: no shell and no npx, so nothing is ever looked up on the network.
 * @param {Command} command
 * @param {Buffer[] | undefined} said  where what it says goes; straight out when absent
 * @returns {Promise<number>}
 */
function run([tool, ...args], said) {
  const child = spawn(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: root,
    stdio: said === undefined ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
  })
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (/** @type {Buffer} */ text) => said?.push(text))
  return new Promise((settle) => {
    child.once('error', () => settle(127))
    child.once('close', (code) => settle(code ?? 1))
  })
}

/**
 * @param {NonNullable<Step['report']>} report
 * @returns {Totals | undefined}
 */
function readTotals(report) {
  try {
    return report.count(JSON.parse(readFileSync(report.file, 'utf8')))
  } catch {
    return undefined
  }
}
