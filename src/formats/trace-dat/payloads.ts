import { textOf } from '../../base/ascii.ts'
import { type DataCursor, TraceDatError } from './data-cursor.ts'

/** `header_page\0` and its text; `header_event` behind it says nothing that differs. */
export function readHeaderInfo(data: DataCursor): string {
  if (data.text() !== 'header_page') throw new TraceDatError('the header of the ring buffer is missing')
  return sizedText(data)
}

/** u32 count, then each format with its u64 size. */
export function readFormats(data: DataCursor): readonly string[] {
  return Array.from({ length: checkedCount(data) }, () => sizedText(data))
}

/** u32 systems, each with its name and its formats. */
export function readSystems(data: DataCursor): readonly string[] {
  const formats: string[] = []
  const systems = checkedCount(data)
  for (let system = 0; system < systems; system++) {
    data.text()
    formats.push(...readFormats(data))
  }
  return formats
}

function checkedCount(data: DataCursor): number {
  const count = data.u32()
  if (count > data.left) throw new TraceDatError(`${count} formats of events cannot be in ${data.left} bytes`)
  return count
}

function sizedText(data: DataCursor): string {
  const bytes = data.take(data.size())
  return textOf(bytes, 0, bytes.length)
}
