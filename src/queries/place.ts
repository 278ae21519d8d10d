import { type LineId } from '../model/ids.ts'
import { fileLineOf, type Trace } from '../model/trace.ts'
import { type PlaceAnswer } from './wire.ts'

/** The file and line to cite for a global line. O(log files). */
export function placeOf(trace: Trace, line: LineId): PlaceAnswer {
  const { file, line: inFile } = fileLineOf(trace, line)
  return { file, fileName: trace.files[file].name, line: inFile }
}
