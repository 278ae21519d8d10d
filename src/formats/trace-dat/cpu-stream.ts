import { TraceDatError } from './data-cursor.ts'
import { PageWalk } from './page-walk.ts'
import { type PageLayout } from './page-layout.ts'
import { type PageSource } from './page-source.ts'
import { type TimeLine } from './time-line.ts'

/** What a stream needs to know beside its pages. */
export interface StreamPlace {
  /** Row among all streams of the file. */
  readonly row: number
  readonly cpu: number
  /** Name of its buffer; empty for the top one. */
  readonly buffer: string
  readonly pageBytes: number
  readonly isLittle: boolean
}

/**
 * The records of one CPU of one buffer, in the order they were written. `advance` moves to the next; while it answers
 * `empty` more pages must be fetched with `fill`.
 */
export class CpuStream {
  readonly place: StreamPlace
  readonly walk: PageWalk
  view: DataView = new DataView(new ArrayBuffer(0))
  bytes: Uint8Array = new Uint8Array(0)
  /** Of the record, from the time line's origin. */
  time = 0
  /** Events lost right before the record: 0, or -1 when it is not known how many. */
  missed = 0
  /** What is wrong with the data, in words, in the order found. */
  readonly damage: string[] = []
  readonly #pages: PageSource
  readonly #line: TimeLine
  #runStart = 0
  #nextPage = 0
  #pageStart = 0
  #hasPage = false
  /** `missed` of pages that held no record. */
  #missedBefore = 0
  #baseStamp = -1
  #base = 0

  constructor(place: StreamPlace, pages: PageSource, layout: PageLayout, line: TimeLine) {
    this.place = place
    this.walk = new PageWalk(layout, place.pageBytes, place.isLittle)
    this.#pages = pages
    this.#line = line
  }

  /** Position of the record in the CPU's unpacked data: what `seek` takes. */
  get position(): number {
    return this.#runStart + this.walk.entryAt
  }

  /** Fetches more pages; false when there are none. */
  async fill(): Promise<boolean> {
    try {
      const run = await this.#pages.next()
      if (run === undefined) return false
      if (run.bytes.length < this.place.pageBytes) throw new TraceDatError(`CPU ${this.place.cpu}: less than a page`)
      this.bytes = run.bytes
      this.view = new DataView(run.bytes.buffer, run.bytes.byteOffset, run.bytes.byteLength)
      this.#runStart = run.start
      this.#nextPage = 0
      this.#hasPage = false
      return true
    } catch (error) {
      if (!(error instanceof TraceDatError)) throw error
      this.damage.push(error.message)
      return false
    }
  }

  /** Moves to the next record of the pages at hand; false when they have no more. */
  advance(): boolean {
    this.missed = this.#missedBefore
    this.#missedBefore = 0
    for (;;) {
      if (this.#hasPage && this.walk.next()) {
        this.#setTime()
        return true
      }
      if (this.walk.damage !== '') this.#noteDamage()
      if (this.#nextPage + this.place.pageBytes > this.bytes.length) {
        this.#hasPage = false
        this.#missedBefore = this.missed
        return false
      }
      this.#openPage()
    }
  }

  /** Stamp of the first page at hand. */
  get firstStamp(): bigint {
    this.walk.open(this.view, 0)
    return this.walk.stamp
  }

  /** Goes to the record at a position that `position` told. */
  async seek(position: number): Promise<void> {
    await this.#pages.seek(position)
    if (!(await this.fill())) return
    const inRun = position - this.#runStart
    this.#nextPage = inRun - (inRun % this.place.pageBytes)
    while (this.advance() && this.position < position) continue
  }

  #openPage(): void {
    this.#pageStart = this.#nextPage
    this.walk.open(this.view, this.#pageStart)
    this.#nextPage += this.place.pageBytes
    this.#hasPage = true
    this.missed = this.walk.missed === 0 ? this.missed : this.walk.missed
  }

  #setTime(): void {
    const { walk } = this
    if (!this.#line.isPlain) {
      this.time = this.#line.timeOf(walk.stamp + BigInt(walk.delta), this.place.cpu)
      return
    }
    if (walk.stampCount !== this.#baseStamp) {
      this.#baseStamp = walk.stampCount
      this.#base = this.#line.timeOf(walk.stamp, this.place.cpu)
    }
    this.time = this.#base + walk.delta
  }

  #noteDamage(): void {
    this.damage.push(`CPU ${this.place.cpu}: ${this.walk.damage}; the rest of the page is left out`)
    this.walk.damage = ''
    this.missed = -1
  }
}
