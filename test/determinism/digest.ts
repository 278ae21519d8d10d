import { type Derived } from '../../src/derive/derived.ts'
import { fileLineOf, type Trace } from '../../src/model/trace.ts'
import { fillRawText, type ReadLinesOf } from '../../src/queries/raw-text.ts'
import { gatherReport } from '../../src/report/report-facts.ts'
import { reportJson } from '../../src/report/report-json.ts'
import { type Ask, askAll } from './ask-all.ts'
import { type Reading } from './case.ts'
import { type Canonical, canonicalOf, digestOf, linesOf } from './canonical.ts'
import { sameFiles, sameJson } from './same-files.ts'

/** A capture that was read, wherever. */
export interface ReadCapture {
  readonly trace: Trace
  readonly derived: Derived
  readonly ask: Ask
  readonly readLinesOf: ReadLinesOf
}

/** What was read and answered, in parts: of each its SHA-256. */
export interface Digest {
  readonly parts: readonly { readonly name: string; readonly sha256: string }[]
  /** Lines of the part that was to be told in full; empty when none was. */
  readonly told: readonly string[]
}

/** What of a capture is digested, see `Reading`. */
type DigestChoice = Pick<Reading, 'isBrief' | 'toldPart'>

/** Digests all that was read of a capture, all that is derived from it, the report, and the answers that screens show. */
export async function digestCapture(capture: ReadCapture, { isBrief, toldPart }: DigestChoice): Promise<Digest> {
  const parts: { name: string; sha256: string }[] = []
  let told: readonly string[] = []
  for await (const [name, canonical] of partsOf(capture, isBrief)) {
    parts.push({ name, sha256: await digestOf(canonical) })
    if (name === toldPart) told = [...linesOf(canonical, placeNote(capture.trace))]
  }
  return { parts, told }
}

type Part = readonly [name: string, canonical: Canonical]

async function* partsOf({ trace, derived, ask, readLinesOf }: ReadCapture, isBrief: boolean): AsyncGenerator<Part> {
  const { files, ...tables } = trace
  yield ['model.files', canonicalOf(sameFiles(files))]
  for (const [name, table] of Object.entries(tables)) yield [`model.${name}`, canonicalOf(table)]
  for (const [name, table] of Object.entries(derived)) {
    // Rules are what was given, not what was read.
    if (name !== 'rules') yield [`derived.${name}`, canonicalOf(table)]
  }
  const facts = await fillRawText(gatherReport(trace, derived), readLinesOf)
  yield ['report', { text: sameJson(reportJson(facts), files), arrays: [] }]
  if (isBrief) return
  const asked = await askAll(ask, derived.thresholdNs)
  for (const name of new Set(asked.map((one) => one.name))) {
    const answers = asked.filter((one) => one.name === name).map(({ question, answer }) => ({ question, answer }))
    yield [`answer.${name}`, { text: sameJson(answers, files), arrays: [] }]
  }
}

/** Of a column of events, and of holds, where the row stands in a file. */
function placeNote(trace: Trace): (path: string, row: number) => string {
  const { length, line } = trace.events
  return (path, row) => {
    if (length === 0 || row >= length || !/^\.(time|kind|page|count|shape|context|stack|line)$/.test(path)) return ''
    const place = fileLineOf(trace, line[row])
    return `   (${trace.files[place.file].name}:${place.line})`
  }
}
