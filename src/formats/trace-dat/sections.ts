import { textOf } from '../../base/ascii.ts'
import { CPU_LIMIT } from '../../model/kernel-limits.ts'
import { type RandomBytes } from '../random-bytes.ts'
import { DataCursor, TraceDatError } from './data-cursor.ts'
import { FileCursor } from './file-cursor.ts'
import { type BufferPart, type CpuData, type FileParts } from './file-parts.ts'
import { readHeaderInfo, readFormats, readSystems } from './payloads.ts'
import { type FileOptions, OPTION, readFileOption } from './options.ts'
import { noTimeOptions } from './time-options.ts'
import { type Unpack, unpackerOf } from './unpack.ts'

/** Section header: u16 id, u16 flags, u32 description, u64 size. */
const SECTION_BYTES = 16
const IS_PACKED = 1
/** Options sections are chained; a chain that is longer goes in circles. */
const MOST_OPTION_SECTIONS = 1000

/** The beginning of the file, up to what differs between versions. */
export interface FileStart {
  readonly version: number
  readonly isLittle: boolean
  readonly longBytes: number
  readonly pageBytes: number
  readonly at: number
}

/** Reads the head of a file of version 7: sections, found by a chain of options. */
export async function readSections(bytes: RandomBytes, start: FileStart): Promise<FileParts> {
  const cursor = new FileCursor(bytes, start.isLittle, start.at)
  const compression = await cursor.text('the name of the compression')
  await cursor.text('the version of the compression')
  const firstOptions = await cursor.size('the place of the options')
  return new SectionReading(bytes, start, compression, unpackerOf(compression)).read(firstOptions)
}

class SectionReading {
  readonly #bytes: RandomBytes
  readonly #start: FileStart
  readonly #compression: string
  readonly #unpack: Unpack
  readonly #options: FileOptions = { time: noTimeOptions(), cpuStats: [], uname: '', cpuCount: Number.NaN }
  readonly #sections = new Map<number, number>()
  readonly #buffers: BufferPart[] = []
  readonly #damage: string[] = []
  #latency: CpuData | undefined

  constructor(bytes: RandomBytes, start: FileStart, compression: string, unpack: Unpack) {
    this.#bytes = bytes
    this.#start = start
    this.#compression = compression
    this.#unpack = unpack
  }

  async read(firstOptions: number): Promise<FileParts> {
    await this.#attempt(() => this.#readOptionChain(firstOptions))
    const { isLittle } = this.#start
    const header = await this.#section(OPTION.headerInfo, 'the header of the ring buffer', (data) =>
      readHeaderInfo(new DataCursor(data, isLittle, 'the header of the ring buffer')),
    )
    const own = await this.#section(OPTION.ftraceEvents, 'the formats of the tracers', (data) =>
      readFormats(new DataCursor(data, isLittle, 'the formats of the tracers')),
    )
    const events = await this.#section(OPTION.eventFormats, 'the formats of the events', (data) =>
      readSystems(new DataCursor(data, isLittle, 'the formats of the events')),
    )
    const sized = (data: Uint8Array): Uint8Array => {
      const cursor = new DataCursor(data, isLittle, 'a table')
      return cursor.take(cursor.u32())
    }
    const kallsyms = await this.#section(OPTION.kallsyms, 'the symbols', sized)
    const printk = await this.#section(OPTION.printk, 'the formats of trace_printk()', sized)
    const commandLines = await this.#section(OPTION.commandLines, 'the names of tasks', (data) => {
      const cursor = new DataCursor(data, isLittle, 'the names of tasks')
      return cursor.take(cursor.size())
    })
    return {
      ...this.#start,
      compression: this.#compression,
      unpack: this.#unpack,
      headerPage: header ?? '',
      formats: [...(own ?? []), ...(events ?? [])],
      kallsyms: kallsyms ?? new Uint8Array(0),
      commandLines: commandLines === undefined ? '' : textOf(commandLines, 0, commandLines.length),
      printk: printk === undefined ? '' : textOf(printk, 0, printk.length),
      uname: this.#options.uname,
      time: this.#options.time,
      cpuStats: this.#options.cpuStats,
      buffers: this.#buffers,
      damage: this.#damage,
      latency: this.#latency,
    }
  }

  async #readOptionChain(first: number): Promise<void> {
    let at = first
    for (let section = 0; at > 0; section++) {
      if (section > MOST_OPTION_SECTIONS) throw new TraceDatError('the options do not end')
      at = await this.#readOptions(at)
    }
  }

  /** Reads one section of options; the place of the next one, 0 after the last. */
  async #readOptions(at: number): Promise<number> {
    const data = await this.#bodyAt(at, 'the options')
    while (data.left > 0) {
      const id = data.u16()
      const option = data.take(data.u32())
      const cursor = (): DataCursor => new DataCursor(option, this.#start.isLittle, 'an option')
      if (id === OPTION.done) return option.length >= 8 ? cursor().size() : 0
      if (id === OPTION.buffer) this.#buffers.push(await this.#readBuffer(cursor()))
      else if (id === OPTION.bufferText) this.#latency ??= await this.#readTextPlace(cursor())
      else if (!readFileOption(id, option, this.#start.isLittle, this.#options) && option.length === 8) {
        if (id >= OPTION.headerInfo && id <= OPTION.commandLines) this.#sections.set(id, cursor().size())
      }
    }
    return 0
  }

  /** u64 section, name, clock, u32 page size, u32 CPUs, then u32 CPU, u64 offset and u64 size of each. */
  async #readBuffer(data: DataCursor): Promise<BufferPart> {
    const section = data.size()
    const name = data.text()
    const clock = data.text()
    const pageBytes = data.u32()
    const count = data.u32()
    const isPacked = await this.#isPackedAt(section)
    const cpus = Array.from({ length: count }, () => ({
      cpu: cpuOf(data),
      offset: data.size(),
      size: data.size(),
      isPacked,
    }))
    return { name, clock, pageBytes, cpus: cpus.sort((a, b) => a.cpu - b.cpu) }
  }

  /** u64 section, then names that say nothing more: where its text lies. */
  async #readTextPlace(data: DataCursor): Promise<CpuData> {
    const section = data.size()
    const isPacked = await this.#isPackedAt(section)
    const header = await new FileCursor(this.#bytes, this.#start.isLittle, section + 8).take(8, 'a text')
    return { cpu: 0, offset: section + SECTION_BYTES, size: header.size(), isPacked }
  }

  async #isPackedAt(section: number): Promise<boolean> {
    const header = await new FileCursor(this.#bytes, this.#start.isLittle, section).take(4, 'a buffer')
    header.u16()
    return (header.u16() & IS_PACKED) !== 0
  }

  /** What `read` makes of a section; undefined when there is none or it is damaged. */
  async #section<T>(id: number, what: string, read: (data: Uint8Array) => T): Promise<T | undefined> {
    const at = this.#sections.get(id)
    if (at === undefined) return undefined
    return this.#attempt(async () => read((await this.#bodyAt(at, what)).bytes))
  }

  async #bodyAt(at: number, what: string): Promise<DataCursor> {
    const { isLittle } = this.#start
    const cursor = new FileCursor(this.#bytes, isLittle, at)
    const header = await cursor.take(SECTION_BYTES, what)
    header.u16()
    const isPacked = (header.u16() & IS_PACKED) !== 0
    header.u32()
    const size = header.size()
    if (!isPacked) return cursor.take(size, what)
    const sizes = await cursor.take(8, what)
    const [packedSize, plainSize] = [sizes.u32(), sizes.u32()]
    const packed = await cursor.take(packedSize, what)
    return new DataCursor(this.#unpack(packed.bytes, plainSize), isLittle, what)
  }

  /** Damage of the file is noted, and the rest goes on without that part. */
  async #attempt<T>(step: () => Promise<T>): Promise<T | undefined> {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof TraceDatError)) throw error
      this.#damage.push(error.message)
      return undefined
    }
  }
}

function cpuOf(data: DataCursor): number {
  const cpu = data.u32()
  if (cpu >= CPU_LIMIT) throw new TraceDatError(`a buffer: an impossible CPU (${cpu})`)
  return cpu
}
