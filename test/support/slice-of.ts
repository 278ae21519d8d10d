import { derive } from '../../src/derive/derive.ts'
import { type Derived } from '../../src/derive/derived.ts'
import { openArchives } from '../../src/formats/archives/open-archives.ts'
import { readLines } from '../../src/formats/raw-lines.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { type Source, sourceOfBlob } from '../../src/formats/source.ts'
import { type SliceAbout } from '../../src/model/slice-file.ts'
import { type Trace } from '../../src/model/trace.ts'
import { type BugReportAbout, type PersonSaid } from '../../src/queries/bug-report-question.ts'
import { fillRawText, type ReadLinesOf } from '../../src/queries/raw-text.ts'
import { type BugReportFacts, gatherBugReport } from '../../src/report/mail/bug-report-facts.ts'
import { buildSlice } from '../../src/report/slice/build-slice.ts'
import { REDACT_NOTHING, type RedactChoice } from '../../src/report/slice/redact-choice.ts'
import { type SliceAnswer, type SliceQuestion } from '../../src/report/slice/slice-question.ts'

/** A capture that was read, with what it was read from. */
export interface ReadCapture {
  readonly sources: readonly Source[]
  readonly trace: Trace
  readonly derived: Derived
}

/** Reads files as one capture; throws where none of them can be read. */
export async function readCapture(files: readonly File[]): Promise<ReadCapture> {
  const sources = await openArchives(files.map(sourceOfBlob))
  const read = await readTrace(sources)
  if (!read.ok) throw new Error(read.error.message)
  return { sources, trace: read.value, derived: derive(read.value) }
}

/** The slice of a capture; throws where there is nothing to make one of. */
export async function sliceOf(
  { sources, trace, derived }: ReadCapture,
  about: SliceAbout,
  redact: Partial<RedactChoice> = {},
  along: Pick<SliceQuestion, 'said' | 'text'> = {},
): Promise<Extract<SliceAnswer, { found: true }>> {
  const capture = { sources, trace, derived }
  const maker = {
    trace,
    files: trace.files,
    derived,
    readLinesOf: linesOf(capture),
    factsOf: (asked: BugReportAbout, session?: PersonSaid) => factsOf(capture, asked, session),
    reread: (json: string) => readCapture([new File([json], 'slice.json')]),
  }
  const link = about.kind === 'page' ? `/pfn?v=1&pfn=${about.pfn}` : `/triage?v=1&failure=${about.failure}`
  const question = { about, link, thresholdNs: derived.thresholdNs, redact: { ...REDACT_NOTHING, ...redact }, ...along }
  const made = await buildSlice(maker, question)
  if (!made.found) throw new Error('nothing to make a slice of')
  return made
}

/** What a text on a finding is made of, with the text of its lines. */
export async function factsOf(
  capture: ReadCapture,
  about: BugReportAbout,
  session?: PersonSaid,
): Promise<BugReportFacts> {
  const { trace, derived } = capture
  return fillRawText(gatherBugReport(trace, derived, about, undefined, session), linesOf(capture))
}

function linesOf({ sources, trace }: ReadCapture): ReadLinesOf {
  return async (file, lines) => {
    const found = await readLines(sources[file], trace.files[file], lines)
    if (!found.ok) throw new Error(found.error)
    return found.value
  }
}

/** The capture that a slice is, as whoever gets it reads it. */
export async function openedSlice(json: string): Promise<ReadCapture> {
  return readCapture([new File([json], 'slice.json')])
}
