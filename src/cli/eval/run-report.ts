import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fail, ok, type Result } from '../../base/result.ts'
import { parseReport, type PrintedReport } from './printed-report.ts'

const COMMAND = join(import.meta.dirname, '..', 'pinscope.mjs')
const MOST_BYTES = 1 << 29

const run = promisify(execFile)

/**
 * What `pinscope report --json FILE…` prints, run as a command of its own. The failure is its last words; one is also a
 * report without the fields that README.md promises.
 */
export async function runReport(paths: readonly string[]): Promise<Result<PrintedReport, string>> {
  try {
    const words = [COMMAND, 'report', '--json', '--', ...paths]
    const { stdout } = await run(process.execPath, words, { maxBuffer: MOST_BYTES })
    return ok(parseReport(stdout))
  } catch (error) {
    return fail(lastWords(error))
  }
}

function lastWords(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
  return said === '' ? String(error) : said
}
