import { derive } from '../../../src/derive/derive.ts'
import { type Derived } from '../../../src/derive/derived.ts'
import { readLines } from '../../../src/formats/raw-lines.ts'
import { type Source } from '../../../src/formats/source.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { fillRawText } from '../../../src/queries/raw-text.ts'
import { gatherReport } from '../../../src/report/report-facts.ts'
import { reportJson } from '../../../src/report/report-json.ts'
import { reportText } from '../../../src/report/report-text.ts'
import { Broken, expectKept } from '../checks/broken.ts'
import { checkLedgers } from '../checks/check-files.ts'
import { checkPfns } from '../checks/check-pfns.ts'
import { checkDerived, checkRows } from '../checks/check-rows.ts'
import { checkFinite, checkPrinted } from '../checks/check-texts.ts'
import { digestOf } from '../checks/digest.ts'
import { firstDifference } from '../checks/first-difference.ts'
import { type Cut, readOnce } from '../checks/read-once.ts'
import { toldOf } from '../checks/told-of.ts'
import { type FuzzCase } from '../fuzz-case.ts'

const FIRST: Cut = { pieceBytes: 1 << 16 }
/** Other ways for the same bytes to come; which of them an input is read in follows from its bytes. */
const OTHERS: readonly Cut[] = [
  { pieceBytes: 1 << 16 },
  { pieceBytes: 1009, isBrowser: true },
  { pieceBytes: 4096, shardBytes: 3000 },
  { pieceBytes: 1 << 16, shardBytes: 2500, isSeekable: true },
  { pieceBytes: 61 },
]

/** Reads files as one capture, judges it, and prints the report; then once more, with the bytes cut in another way. */
export async function runLoad({ files }: FuzzCase): Promise<void> {
  const before = digestOf(files.map(({ bytes }) => bytes))
  const first = await readOnce(files, FIRST)
  const { outcome, sources } = first
  checkLedgers(outcome.ok ? outcome.value.files : outcome.error.files, files)
  const told = toldOf(outcome)
  const said = outcome.ok ? await checkCapture(outcome.value, sources) : ''
  const cut = OTHERS[Number.parseInt(before.slice(0, 8), 16) % OTHERS.length]
  const again = await readOnce(files, cut)
  const toldAgain = toldOf(again.outcome)
  expectSame('second reading', told, toldAgain, cut)
  const saidAgain = again.outcome.ok ? await sayOf(again.outcome.value, derive(again.outcome.value), again.sources) : ''
  expectSame('second report', said, saidAgain, cut)
  expectKept(digestOf(files.map(({ bytes }) => bytes)) === before, 'input changed', () => files[0].name)
}

async function checkCapture(trace: Trace, sources: readonly Source[]): Promise<string> {
  checkRows(trace)
  const derived = derive(trace)
  checkDerived(trace, derived)
  return sayOf(trace, derived, sources)
}

/** The report as text and as JSON. */
async function sayOf(trace: Trace, derived: Derived, sources: readonly Source[]): Promise<string> {
  const gathered = gatherReport(trace, derived)
  checkPfns(trace, gathered)
  const facts = await fillRawText(gathered, async (file, lines) => {
    const found = await readLines(sources[file], trace.files[file], lines)
    if (!found.ok) throw new Broken('cited lines', found.error)
    const missing = lines.filter((line) => !found.value.has(line))
    expectKept(missing.length === 0, 'cited lines', () => `${trace.files[file].name} has no line ${missing.join()}`)
    return found.value
  })
  const text = reportText(facts)
  checkPrinted('the report', text)
  const json = reportJson(facts)
  checkFinite('the report', json)
  return `${text}${JSON.stringify(json)}`
}

function expectSame(what: string, one: unknown, other: unknown, cut: Cut): void {
  if (digestOf(one) === digestOf(other)) return
  const { path, told } = firstDifference(one, other) ?? { path: 'somewhere', told: '' }
  throw new Broken(what, `${path}: ${told} with ${JSON.stringify(cut)}`, `${what} ${path.replaceAll(/\.\d+/g, '')}`)
}
