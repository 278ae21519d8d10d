import { ok } from '../base/result.ts'
import { writeOwnRules } from '../derive/attribution/rule-file.ts'
import { DEFAULT_RULES } from '../derive/attribution/rule-set.ts'
import { derive } from '../derive/derive.ts'
import { openArchives } from '../formats/archives/open-archives.ts'
import { readTrace } from '../formats/read-trace.ts'
import { sourceOfBlob } from '../formats/source.ts'
import { sliceNoteOf } from '../queries/overview.ts'
import { withHashes } from '../queries/with-hashes.ts'
import { buildSlice, type SliceMaker } from '../report/slice/build-slice.ts'
import { type SliceAnswer, type SliceQuestion, type SliceToldAnswer } from '../report/slice/slice-question.ts'
import { toldLines } from '../report/slice/told-lines.ts'
import { type Capture } from './capture.ts'
import { choiceOf } from './given-rules.ts'

/** The slice of a capture, and what it says by itself. */
export function answerSlice(
  capture: Capture,
  question: SliceQuestion,
  { readLinesOf, factsOf }: Required<Pick<SliceMaker, 'readLinesOf' | 'factsOf'>>,
): Promise<SliceAnswer> {
  const { trace, hashes } = capture
  const derived = capture.derivedFor(question.thresholdNs)
  const { thresholdNs } = derived
  const rules =
    derived.rules === DEFAULT_RULES ? ok({}) : choiceOf({ how: 'instead', text: writeOwnRules(derived.rules) }, {})
  const reread: SliceMaker['reread'] = async (json) => {
    const read = await readTrace(await openArchives([sourceOfBlob(new File([json], 'slice.json'))]))
    if (!read.ok) return read.error.message
    return { trace: read.value, derived: derive(read.value, { ...(rules.ok ? rules.value : {}), thresholdNs }) }
  }
  return buildSlice({ trace, files: withHashes(trace.files, hashes), derived, readLinesOf, factsOf, reread }, question)
}

/** What the slice that is open says beside what its sender was told. */
export function answerSliceTold(capture: Capture, thresholdNs: number): SliceToldAnswer {
  const { trace } = capture
  const note = sliceNoteOf(trace)
  if (note === undefined) return { isSlice: false }
  const { about, version, link, redacted, leftOut = [], told } = note
  const here = toldLines(trace, capture.derivedFor(thresholdNs), about)
  return { isSlice: true, about, version, link, redacted, leftOut, told, here }
}
