import { type Trace } from '../../../src/model/trace.ts'
import { type SourceFile } from '../../../src/model/source-file.ts'
import { type ReadOutcome } from '../../../src/formats/read-trace.ts'
import { plainTrace } from '../../support/plain-trace.ts'

/** Everything that a reading says, however the bytes came. */
export function toldOf(outcome: ReadOutcome): Readonly<Record<string, unknown>> {
  if (!outcome.ok) return { files: outcome.error.files.map(toldOfFile), message: outcome.error.message }
  // `plainTrace` gives what it was given, and two tables in other words.
  const plain = plainTrace(outcome.value) as Readonly<Record<keyof Trace, unknown>>
  return { ...plain, files: outcome.value.files.map(toldOfFile) }
}

/** Where lines lie is kept for some lines, which ones depends on how the bytes came. */
function toldOfFile({ lineNumbers: _numbers, lineOffsets: _offsets, ...file }: SourceFile): object {
  return file
}
