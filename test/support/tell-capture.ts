import { readTrace } from '../../src/formats/read-trace.ts'
import { sourceOfBlob } from '../../src/formats/source.ts'
import { type Trace } from '../../src/model/trace.ts'

/** A capture of several files told by name, read as they would be from disk. Common indentation is dropped. */
export async function tellCapture(files: Readonly<Record<string, string>>): Promise<Trace> {
  const sources = Object.entries(files).map(([name, text]) => sourceOfBlob(new File([outdented(text)], name)))
  const outcome = await readTrace(sources)
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.value
}

function outdented(text: string): string {
  const lines = text.replace(/^\n/, '').split('\n')
  const margin = /^ */.exec(lines[0])?.[0].length ?? 0
  return lines.map((line) => line.slice(Math.min(margin, line.length - line.trimStart().length))).join('\n')
}
