import { zlibSync } from 'fflate'
import { type MadePage, pageBytesOf, type PageForm } from './made-pages.ts'
import { GrowingBytes } from './growing-bytes.ts'

/** One ring buffer: the pages of each CPU. */
export interface MadeBuffer {
  readonly name: string
  readonly clock: string
  readonly cpus: readonly (readonly MadePage[] | Uint8Array)[]
}

/** All that goes into a trace.dat. */
export interface MadeFile extends PageForm {
  readonly version: 6 | 7
  readonly compression: 'none' | 'zlib'
  readonly headerPage: string
  readonly ownFormats: readonly string[]
  readonly eventFormats: readonly string[]
  readonly kallsyms: string
  readonly commandLines: string
  /** Options beside those that say where things are: id and bytes. */
  readonly options: readonly (readonly [id: number, data: Uint8Array])[]
  readonly buffers: readonly MadeBuffer[]
  /** Text of a latency tracer in place of buffers. */
  readonly latency?: string
}

const PAGES_IN_BLOCK = 2

/** Writes a trace.dat as trace-cmd does (its Documentation/trace-cmd/trace-cmd.dat.v6.5.txt and v7.5.txt). */
export function writeTraceDat(file: MadeFile): Uint8Array<ArrayBuffer> {
  const out = new GrowingBytes(file.isLittle)
  out
    .bytes(Uint8Array.of(0x17, 0x08, 0x44))
    .text('tracing')
    .name(String(file.version))
  out
    .u8(file.isLittle ? 0 : 1)
    .u8(file.longBytes)
    .u32(file.pageBytes)
  return file.version === 6 ? writeSequence(out, file) : writeSections(out, file)
}

function writeSequence(out: GrowingBytes, file: MadeFile): Uint8Array<ArrayBuffer> {
  out.bytes(headerInfo(file)).bytes(formats(file, file.ownFormats)).bytes(systems(file))
  out.bytes(sized32(file, file.kallsyms)).bytes(sized32(file, '')).bytes(sized64(file, file.commandLines))
  const [top, ...instances] = file.buffers
  out
    .u32(top?.cpus.length ?? 1)
    .text('options  ')
    .u8(0)
  for (const [id, data] of file.options) out.u16(id).u32(data.length).bytes(data)
  if (file.latency !== undefined) return out.u16(0).text('latency  ').u8(0).text(file.latency).done()
  const places = instances.map((buffer) => {
    out.u16(3).u32(8 + buffer.name.length + 1)
    const at = out.length
    out.u64(0).name(buffer.name)
    return at
  })
  out.u16(0)
  writeFlyrecord(out, file, top)
  for (const [row, buffer] of instances.entries()) {
    out.setU64(places[row], out.length)
    writeFlyrecord(out, file, buffer)
  }
  return out.done()
}

function writeFlyrecord(out: GrowingBytes, file: MadeFile, buffer: MadeBuffer): void {
  out.text('flyrecord').u8(0)
  const table = out.length
  out.zeros(buffer.cpus.length * 16).align(file.pageBytes)
  for (const [cpu, pages] of buffer.cpus.entries()) {
    const data = cpuBytes(pages, file)
    out.setU64(table + cpu * 16, out.length)
    out.setU64(table + cpu * 16 + 8, data.length)
    out.bytes(data)
  }
}

function writeSections(out: GrowingBytes, file: MadeFile): Uint8Array<ArrayBuffer> {
  out.name(file.compression).name('1')
  const optionsAt = out.length
  out.u64(0)
  const section = (id: number, data: Uint8Array): number => {
    const at = out.length
    const isPacked = file.compression !== 'none'
    const body = isPacked ? block(file, data) : data
    out
      .u16(id)
      .u16(isPacked ? 1 : 0)
      .u32(0)
      .u64(body.length)
      .bytes(body)
    return at
  }
  const at = {
    16: section(16, headerInfo(file)),
    17: section(17, formats(file, file.ownFormats)),
    18: section(18, systems(file)),
    19: section(19, sized32(file, file.kallsyms)),
    20: section(20, sized32(file, '')),
    21: section(21, sized64(file, file.commandLines)),
  }
  const buffers = file.buffers.map((buffer) => writeBuffer(out, file, buffer))
  const textAt = file.latency === undefined ? undefined : writeText(out, file, file.latency)
  out.setU64(optionsAt, out.length)
  const options = new GrowingBytes(file.isLittle)
  for (const [id, place] of Object.entries(at)) options.u16(Number(id)).u32(8).u64(place)
  for (const [id, data] of file.options) options.u16(id).u32(data.length).bytes(data)
  options.u16(0).u32(8)
  const firstEnd = out.length + 16 + options.length + 8
  writePlain(out, 0, options.u64(firstEnd).done()) // the buffers are told in a second section of options
  const more = new GrowingBytes(file.isLittle)
  for (const option of buffers) more.u16(3).u32(option.length).bytes(option)
  if (textAt !== undefined) more.u16(22).u32(10).u64(textAt).name('').name('')
  writePlain(out, 0, more.u16(0).u32(8).u64(0).done())
  return out.done()
}

function writePlain(out: GrowingBytes, id: number, body: Uint8Array): void {
  out.u16(id).u16(0).u32(0).u64(body.length).bytes(body)
}

/** Writes a buffer's pages; the option that tells of them. */
function writeBuffer(out: GrowingBytes, file: MadeFile, buffer: MadeBuffer): Uint8Array {
  const isPacked = file.compression !== 'none'
  const data = buffer.cpus.map((pages) => {
    const bytes = cpuBytes(pages, file)
    return isPacked && bytes.length > 0 ? blocks(file, bytes) : bytes
  })
  const header = out.length
  out
    .u16(3)
    .u16(isPacked ? 1 : 0)
    .u32(0)
    .u64(0)
    .align(file.pageBytes)
  const option = new GrowingBytes(file.isLittle).u64(header).name(buffer.name).name(buffer.clock)
  option.u32(file.pageBytes).u32(data.length)
  for (const [cpu, bytes] of data.entries()) {
    option.u32(cpu).u64(out.length).u64(bytes.length)
    out.bytes(bytes).align(file.pageBytes)
  }
  out.setU64(header + 8, out.length - header - 16)
  return option.done()
}

/** Writes the text of a latency tracer; where its section stands. */
function writeText(out: GrowingBytes, file: MadeFile, text: string): number {
  const isPacked = file.compression !== 'none'
  const bytes = new TextEncoder().encode(text)
  const body = isPacked ? blocks(file, bytes) : bytes
  const at = out.length
  out
    .u16(22)
    .u16(isPacked ? 1 : 0)
    .u32(0)
    .u64(body.length)
    .bytes(body)
  return at
}

function cpuBytes(pages: readonly MadePage[] | Uint8Array, file: MadeFile): Uint8Array {
  if (pages instanceof Uint8Array) return pages
  const data = new GrowingBytes(file.isLittle)
  for (const page of pages) data.bytes(pageBytesOf(page, file))
  return data.done()
}

function blocks(file: MadeFile, bytes: Uint8Array): Uint8Array {
  const size = file.pageBytes * PAGES_IN_BLOCK
  const count = Math.ceil(bytes.length / size)
  const out = new GrowingBytes(file.isLittle).u32(count)
  for (let row = 0; row < count; row++) out.bytes(block(file, bytes.subarray(row * size, (row + 1) * size)))
  return out.done()
}

function block(file: MadeFile, bytes: Uint8Array): Uint8Array {
  const packed = zlibSync(bytes)
  return new GrowingBytes(file.isLittle).u32(packed.length).u32(bytes.length).bytes(packed).done()
}

function headerInfo(file: MadeFile): Uint8Array {
  const out = new GrowingBytes(file.isLittle).name('header_page').bytes(sized64(file, file.headerPage))
  return out.name('header_event').bytes(sized64(file, HEADER_EVENT)).done()
}

function formats(file: MadeFile, texts: readonly string[]): Uint8Array {
  const out = new GrowingBytes(file.isLittle).u32(texts.length)
  for (const text of texts) out.bytes(sized64(file, text))
  return out.done()
}

function systems(file: MadeFile): Uint8Array {
  return new GrowingBytes(file.isLittle).u32(1).name('page_ref').bytes(formats(file, file.eventFormats)).done()
}

function sized32(file: MadeFile, text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  return new GrowingBytes(file.isLittle).u32(bytes.length).bytes(bytes).done()
}

function sized64(file: MadeFile, text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  return new GrowingBytes(file.isLittle).u64(bytes.length).bytes(bytes).done()
}

const HEADER_EVENT = `# compressed entry header
	type_len    :    5 bits
	time_delta  :   27 bits
	array       :   32 bits

	padding     : type == 29
	time_extend : type == 30
	time_stamp : type == 31
	data max type_len  == 28
`
