// npm run longrun: see longrun-options.ts for what it takes.
import { LONGRUN_HELP, type LongrunOptions, parseLongrunOptions } from './longrun-options.ts'
import { cycle } from './cycles.ts'
import { openLongrunBrowser } from './longrun-browser.ts'
import { walk } from './walk.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const args = process.argv.slice(2)
if (args.includes('--help')) say(LONGRUN_HELP)
else process.exitCode = await mainOf(args)

/** What was asked for wrongly is one line, and not where in our code that was found. */
async function mainOf(words: readonly string[]): Promise<number> {
  let options: LongrunOptions
  try {
    options = parseLongrunOptions(words)
  } catch (error) {
    process.stderr.write(`longrun: ${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
  const browser = await openLongrunBrowser(options.address)
  try {
    const { hours, cycles = 0 } = options
    const isFlat =
      hours === undefined
        ? await cycle(browser, { ...options, cycles }, say)
        : await walk(browser, { ...options, hours }, say)
    say(isFlat ? 'nothing grows, nothing is lost' : 'FAILED: see the lines with !! and GROWS above')
    return isFlat ? 0 : 1
  } finally {
    await browser.close()
  }
}
