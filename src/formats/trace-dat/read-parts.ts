import { startsWith } from '../../base/ascii.ts'
import { type RandomBytes } from '../random-bytes.ts'
import { DataCursor, TraceDatError } from './data-cursor.ts'
import { FileCursor } from './file-cursor.ts'
import { type FileParts } from './file-parts.ts'
import { readSections } from './sections.ts'
import { readSequence } from './sequence.ts'

/** What every trace.dat begins with. */
export const MAGIC = '\u0017\u0008\u0044tracing'
const HEAD_BYTES = 64

/** Reads all of a trace.dat but its records. Throws a `TraceDatError` when the file is of no version that is known. */
export async function readParts(bytes: RandomBytes): Promise<FileParts> {
  const head = (await bytes.read(0, HEAD_BYTES)).slice()
  if (!startsWith(head, 0, head.length, MAGIC)) throw new TraceDatError('the file does not begin as a trace.dat does')
  const cursor = new DataCursor(head, true, 'the beginning of the file', MAGIC.length)
  const version = Number(cursor.text())
  const isLittle = cursor.u8() === 0
  const longBytes = cursor.u8()
  const page = await new FileCursor(bytes, isLittle, cursor.at).take(4, 'the page size')
  const start = { version, isLittle, longBytes, pageBytes: page.u32(), at: cursor.at + 4 }
  if (longBytes !== 4 && longBytes !== 8) throw new TraceDatError(`a long of ${longBytes} bytes is not known`)
  if (version === 7) return readSections(bytes, start)
  if (version === 6) return readSequence(bytes, start)
  throw new TraceDatError(`version ${version} is not known: pinscope reads 6 and 7; trace-cmd convert makes them`)
}
