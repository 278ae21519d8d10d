// npm run bench, npm run bench:browser: see bench-options.ts for what they take.
import { BENCH_HELP, type BenchOptions, parseBenchOptions } from './bench-options.ts'
import { openBrowserBench } from './browser/browser-bench.ts'
import { BROWSER_ROWS } from './browser/browser-rows.ts'
import { InputStore } from './inputs/input-store.ts'
import { markdownTable } from './result-words.ts'
import { type BenchResults, lastResults, resultsPath, thisMachine, writeResults } from './results.ts'
import { chooseRows, type Measured, runRows } from './run-rows.ts'
import { NODE_ROWS } from './rows/node-rows.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const args = process.argv.slice(2)
if (args.includes('--help')) say(BENCH_HELP)
else process.exitCode = await mainOf(args)

/** What was asked for wrongly is one line, and not where in our code that was found. */
async function mainOf(words: readonly string[]): Promise<number> {
  try {
    return await main(parseBenchOptions(words))
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
}

async function main(options: BenchOptions): Promise<number> {
  if (options.isMarkdown) {
    const last = (['node', 'chromium'] as const).flatMap((where) => lastResults(where) ?? [])
    say(last.length === 0 ? 'no results yet: run npm run bench and npm run bench:browser' : markdownTable(last))
    return last.length === 0 ? 1 : 0
  }
  const inputs = new InputStore(options.inputs, options.isKept || options.inputs !== undefined, say)
  try {
    return await (options.isBrowser ? runInChromium(options, inputs) : runInNode(options, inputs))
  } finally {
    inputs.end()
  }
}

async function runInNode(options: BenchOptions, inputs: InputStore): Promise<number> {
  const write = writerOf('node', options)
  return concluded('node', await runRows(chooseRows(NODE_ROWS, options.rows), { options, inputs, say }, write))
}

async function runInChromium(options: BenchOptions, inputs: InputStore): Promise<number> {
  const rows = chooseRows(BROWSER_ROWS, options.rows)
  const opened = await openBrowserBench({ options, inputs, say })
  try {
    return concluded('chromium', await runRows(rows, opened.bench, writerOf('chromium', options, opened.version)))
  } finally {
    await opened.close()
  }
}

/** Written after each row, so that a run that is stopped has not been for nothing. */
function writerOf(where: BenchResults['where'], { size, runs, seed, json }: BenchOptions, chromium?: string) {
  const shared = {
    schema: 'pinscope.bench/1',
    where,
    startedAt: new Date().toISOString(),
    machine: thisMachine(chromium),
    options: { size, runs, seed },
  } as const
  return (measured: Measured): void => writeResults({ ...shared, ...measured }, json)
}

function concluded(where: BenchResults['where'], { failed }: Measured): number {
  say(`written to ${resultsPath(where)}`)
  return failed.length === 0 ? 0 : 1
}
