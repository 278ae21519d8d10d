import { seededRandom } from '../../../src/cli/eval/seeded-random.ts'
import { type InputFacts } from './input-store.ts'
import { readReferenceShapes, type ReferenceShapes } from './reference-pairs.ts'
import { TextFile } from './text-file.ts'
import { entryLines, entryText, type TraceEntry } from './trace-entry.ts'

const FIRST_PFN = 0x100000
/** One page of so many is held when the range fails. */
const HELD_EVERY = 16
const PFNS_KEPT = 64

/** Pages that are told about in turn, from `FIRST_PFN` on, and pairs of a get and its put over all of them. */
export interface ReferenceStory {
  readonly pages: number
  readonly pairs: number
  readonly seed: number
}

/**
 * Writes balanced references: each page is set once, then pairs of real gets and puts fall on the pages. One page is a hot page; many are as many holds as there are pairs.
 */
export function writeReferences(path: string, { pages, pairs, seed }: ReferenceStory): InputFacts {
  const teller = new Teller(path, seed)
  for (let page = 0; page < pages; page++) teller.begin(FIRST_PFN + page)
  for (let done = 0; done < pairs; done++) teller.pairOn(FIRST_PFN + Math.floor(teller.random() * pages))
  return teller.end(samplePfns(pages), 0)
}

/**
 * Writes a range of pages that a CMA allocation wants and does not get: each page with the life that a page of the
 * capture had until then, some with that of the page that was held.
 */
export function writeFailedRange(path: string, { pages, seed }: Omit<ReferenceStory, 'pairs'>): InputFacts {
  const teller = new Teller(path, seed)
  for (let page = 0; page < pages; page++) {
    teller.liveOn(FIRST_PFN + page, page % HELD_EVERY === 0)
  }
  teller.fail(FIRST_PFN, pages)
  return teller.end(samplePfns(pages), 1)
}

function samplePfns(pages: number): readonly number[] {
  const count = Math.min(PFNS_KEPT, pages)
  return Array.from({ length: count }, (_, at) => FIRST_PFN + Math.floor((at * pages) / count))
}

/** Tells events one after the other, each a little later. */
class Teller {
  readonly random: () => number
  readonly #shapes: ReferenceShapes
  readonly #file: TextFile
  #timeUs = 1_000_000
  #events = 0

  constructor(path: string, seed: number) {
    this.random = seededRandom(seed)
    this.#shapes = readReferenceShapes()
    this.#file = new TextFile(path)
    this.#file.add(`${this.#shapes.header.join('\n')}\n`, this.#shapes.header.length)
  }

  begin(pfn: number): void {
    this.#tell(this.#shapes.set, pfn, 1)
  }

  pairOn(pfn: number): void {
    const { pairs } = this.#shapes
    const pair = pairs[Math.floor(this.random() * pairs.length)]
    this.#tell(pair.get, pfn, 2)
    this.#tell(pair.put, pfn, 1)
  }

  liveOn(pfn: number, isHeld: boolean): void {
    const { lives, heldLife } = this.#shapes
    const life = isHeld ? heldLife : lives[Math.floor(this.random() * lives.length)]
    for (const entry of life) this.#tell(entry, pfn)
  }

  /** The allocation begins, finds pages that it cannot move, and gives up. */
  fail(firstPfn: number, pages: number): void {
    for (const name of ['cma_alloc_start', 'test_pages_isolated', 'cma_alloc_finish']) {
      const entry = this.#shapes.entries.find((one) => one.name === name)
      if (entry === undefined) throw new Error(`the example has no ${name}`)
      const pfns = [firstPfn, firstPfn + pages, firstPfn]
      const slots = entry.slots.map((slot, at) => ({ ...slot, value: pfns[at] }))
      const pieces = entry.pieces.map((piece) => piece.replace(/ count=\d+/, ` count=${pages}`))
      this.#tell({ ...entry, slots, pieces, pfn: 0 }, 0)
    }
  }

  end(pfns: readonly number[], failures: number): InputFacts {
    this.#file.close()
    return { lines: this.#file.lines, events: this.#events, failures, pfns }
  }

  #tell(entry: TraceEntry, pfn: number, count?: number): void {
    const text = entryText(entry, { timeUs: this.#timeUs, shift: pfn - entry.pfn, count, hasStack: true })
    this.#file.add(text, entryLines(entry, true))
    this.#timeUs += 1 + entry.stackAfterUs + Math.floor(this.random() * 6)
    this.#events++
  }
}
