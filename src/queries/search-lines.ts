import { type LineNumber } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { type SearchHit } from './search.ts'

/** `trace.txt:8127` or `:8127`: that line of each file whose name ends so and that is long enough. */
export function searchLines(trace: Trace, text: string): readonly SearchHit[] {
  const match = /^(.*):([0-9]+)$/.exec(text)
  if (!match) return []
  const line = Number.parseInt(match[2], 10) as LineNumber
  return trace.files
    .filter((file) => line >= 1 && line <= file.ledger.total && file.name.includes(match[1]))
    .map((file) => ({
      kind: 'line',
      label: `${file.name}:${line}`,
      detail: `of ${file.ledger.total} lines`,
      place: { file: file.index, fileName: file.name, line },
    }))
}
