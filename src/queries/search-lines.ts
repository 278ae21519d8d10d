import { type LineNumber } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { type SearchHit } from './search.ts'

/** `trace.txt:8127`, `:8127`, or `trace.txt:8127:` as grep -n prints it: that line of each file whose name ends so and that is long enough. */
export function searchLines(trace: Trace, text: string): readonly SearchHit[] {
  const match = /^(.*):([0-9]+):?$/.exec(text)
  if (!match) return []
  const line = Number.parseInt(match[2], 10) as LineNumber
  return trace.files
    .filter((file) => line >= 1 && line <= file.ledger.total && isNamed(file.name, match[1]))
    .map((file) => ({
      kind: 'line',
      label: `${file.name}:${line}`,
      detail: `of ${file.ledger.total} lines`,
      place: { file: file.index, fileName: file.name, line },
    }))
}

/** A part of the name, or the path of the file somewhere else. */
function isNamed(name: string, typed: string): boolean {
  return name.includes(typed) || typed.endsWith(`/${name}`)
}
