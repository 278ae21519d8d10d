import { type RandomBytes } from '../random-bytes.ts'
import { CpuStream } from './cpu-stream.ts'
import { type FileParts } from './file-parts.ts'
import { Merge } from './merge.ts'
import { pageLayout } from './page-layout.ts'
import { pageSourceOf } from './page-source.ts'
import { TimeLine } from './time-line.ts'

/** The records of a file, ready to be merged. */
export interface OpenStreams {
  readonly merge: Merge
  readonly line: TimeLine
}

/** The smallest page of a machine that Linux runs on; a smaller number is damage. */
const LEAST_PAGE_BYTES = 4096

/** Opens every CPU of every buffer and fetches its first pages, which set the origin of time. */
export async function openStreams(bytes: RandomBytes, parts: FileParts): Promise<OpenStreams> {
  const layout = pageLayout(parts.headerPage, parts.longBytes)
  const line = new TimeLine(parts.time)
  const streams: CpuStream[] = []
  for (const buffer of parts.buffers) {
    const pageBytes = [buffer.pageBytes, parts.pageBytes].find((size) => size >= LEAST_PAGE_BYTES) ?? LEAST_PAGE_BYTES
    for (const data of buffer.cpus) {
      const place = { row: streams.length, cpu: data.cpu, buffer: buffer.name, pageBytes, isLittle: parts.isLittle }
      streams.push(new CpuStream(place, pageSourceOf(bytes, parts, data, pageBytes), layout, line))
    }
  }
  const stamps: { readonly stamp: bigint; readonly cpu: number }[] = []
  for (const stream of streams) {
    if (await stream.fill()) stamps.push({ stamp: stream.firstStamp, cpu: stream.place.cpu })
  }
  line.begin(stamps)
  return { merge: new Merge(streams), line }
}
