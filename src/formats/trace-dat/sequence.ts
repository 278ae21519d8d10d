import { textOf } from '../../base/ascii.ts'
import { type RandomBytes } from '../random-bytes.ts'
import { TraceDatError } from './data-cursor.ts'
import { FileCursor } from './file-cursor.ts'
import { type BufferPart, type CpuData, type FileParts } from './file-parts.ts'
import { type FileOptions, OPTION, readFileOption } from './options.ts'
import { type FileStart } from './sections.ts'
import { noTimeOptions } from './time-options.ts'
import { unpackerOf } from './unpack.ts'

/** Tags of ten bytes before what follows: `options  \0`, `flyrecord\0`, `latency  \0`. */
const TAG_BYTES = 10
const MOST_FORMATS = 1 << 20
const MOST_CPUS = 1 << 16

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Reads the head of a file of version 6: one part after the other. What stands behind a damaged part is lost. */
export async function readSequence(bytes: RandomBytes, start: FileStart): Promise<FileParts> {
  const options: FileOptions = { time: noTimeOptions(), cpuStats: [], uname: '', cpuCount: Number.NaN }
  const parts: Writable<FileParts> = {
    ...start,
    compression: 'none',
    unpack: unpackerOf('none'),
    headerPage: '',
    formats: [],
    kallsyms: new Uint8Array(0),
    commandLines: '',
    printk: '',
    uname: '',
    time: options.time,
    cpuStats: options.cpuStats,
    buffers: [],
    damage: [],
    latency: undefined,
  }
  try {
    await new SequenceReading(bytes, start, parts, options).read()
  } catch (error) {
    if (!(error instanceof TraceDatError)) throw error
    parts.damage = [error.message]
  }
  parts.uname = options.uname
  return parts
}

class SequenceReading {
  readonly #bytes: RandomBytes
  readonly #start: FileStart
  readonly #file: FileCursor
  readonly #parts: Writable<FileParts>
  readonly #options: FileOptions
  readonly #instances: { readonly name: string; readonly offset: number }[] = []

  constructor(bytes: RandomBytes, start: FileStart, parts: Writable<FileParts>, options: FileOptions) {
    this.#bytes = bytes
    this.#start = start
    this.#file = new FileCursor(bytes, start.isLittle, start.at)
    this.#parts = parts
    this.#options = options
  }

  async read(): Promise<void> {
    await this.#readTables()
    const cpus = await this.#file.u32('the number of CPUs')
    const top = await this.#readBuffer(this.#file, '', cpus)
    if (top !== undefined) this.#parts.buffers = [top]
    for (const { name, offset } of this.#instances) {
      const at = new FileCursor(this.#bytes, this.#start.isLittle, offset)
      const buffer = await this.#readBuffer(at, name, cpus)
      if (buffer !== undefined) this.#parts.buffers = [...this.#parts.buffers, buffer]
    }
  }

  async #readTables(): Promise<void> {
    const file = this.#file
    if ((await file.text('header_page')) !== 'header_page') throw new TraceDatError('header_page is missing')
    this.#parts.headerPage = await this.#sizedText(await file.size('header_page'), 'header_page')
    await file.text('header_event')
    await this.#sizedText(await file.size('header_event'), 'header_event')
    const formats = await this.#readFormats('the formats of the tracers')
    this.#parts.formats = formats
    const systems = await file.u32('the event systems')
    for (let system = 0; system < Math.min(systems, MOST_FORMATS); system++) {
      await file.text('an event system')
      formats.push(...(await this.#readFormats('the formats of the events')))
    }
    const symbols = await file.take(await file.u32('the symbols'), 'the symbols')
    this.#parts.kallsyms = symbols.bytes.slice()
    this.#parts.printk = await this.#sizedText(await file.u32('trace_printk()'), 'trace_printk()')
    this.#parts.commandLines = await this.#sizedText(await file.size('the names of tasks'), 'the names of tasks')
  }

  async #readFormats(what: string): Promise<string[]> {
    const formats: string[] = []
    const count = Math.min(await this.#file.u32(what), MOST_FORMATS)
    for (let row = 0; row < count; row++) formats.push(await this.#sizedText(await this.#file.size(what), what))
    return formats
  }

  async #sizedText(size: number, what: string): Promise<string> {
    const { bytes } = await this.#file.take(size, what)
    return textOf(bytes, 0, bytes.length)
  }

  /** Options, when there are any, then the table of the CPUs' pages. */
  async #readBuffer(file: FileCursor, name: string, cpuCount: number): Promise<BufferPart | undefined> {
    this.#options.cpuCount = cpuCount
    let tag = await readTag(file)
    if (tag.startsWith('options')) {
      await this.#readOptions(file, name === '')
      tag = await readTag(file)
    }
    if (tag.startsWith('latency')) {
      this.#parts.latency = { cpu: 0, offset: file.at, size: this.#bytes.size - file.at, isPacked: false }
      return undefined
    }
    if (!tag.startsWith('flyrecord')) throw new TraceDatError(`"${tag.trim()}" stands where records should begin`)
    const count = this.#options.cpuCount
    if (count > MOST_CPUS) throw new TraceDatError(`${count} CPUs are more than there can be`)
    const cpus: CpuData[] = []
    for (let cpu = 0; cpu < count; cpu++) {
      const place = await file.take(16, 'the place of the records')
      cpus.push({ cpu, offset: place.size(), size: place.size(), isPacked: false })
    }
    return { name, clock: '', pageBytes: this.#start.pageBytes, cpus }
  }

  async #readOptions(file: FileCursor, isTop: boolean): Promise<void> {
    for (;;) {
      const id = await file.u16('an option')
      if (id === OPTION.done) return
      const option = await file.take(await file.u32('an option'), 'an option')
      if (id === OPTION.buffer && isTop) this.#instances.push({ offset: option.size(), name: option.text() })
      else readFileOption(id, option.bytes.slice(), this.#start.isLittle, this.#options)
    }
  }
}

async function readTag(file: FileCursor): Promise<string> {
  const tag = await file.take(TAG_BYTES, 'the kind of the records')
  return textOf(tag.bytes, 0, TAG_BYTES).replace(/\0[^]*$/, '')
}
