import { readLines } from '../formats/raw-lines.ts'
import { type ReadLinesOf } from '../queries/raw-text.ts'
import { type LoadedCapture } from './load-capture.ts'
import { nodeInflate } from './node-source.ts'

/** Reads lines of a capture's files again; a file that can no longer be read says so in place of each text. */
export function readLinesOf({ sources, trace }: LoadedCapture): ReadLinesOf {
  return async (file, lines) => {
    const found = await readLines(sources[file], trace.files[file], lines, { inflate: nodeInflate })
    return found.ok ? found.value : new Map(lines.map((line) => [line, `(${found.error})`]))
  }
}
