import { seededRandom } from '../../../src/cli/eval/seeded-random.ts'
import { type InputFacts } from './input-store.ts'
import { isOfAllocation } from './reference-pairs.ts'
import { TextFile } from './text-file.ts'
import { entryLines, entryText, readTraceShapes, type TraceEntry } from './trace-entry.ts'

/** Pages of each copy of the example lie this far behind those of the copy before: more than its area has pages. */
const PFN_STEP = 0x20000
/** One copy of so many has the failed allocation; the others go on as if nobody had asked for the area. */
const FAILS_EVERY = 8
const PFNS_KEPT = 64

/** When to stop, and of which copies to write stacks. */
export interface TraceSize {
  readonly bytes?: number
  readonly events?: number
  /** True when only copies with the failed allocation have stacks: many events in fewer bytes. */
  readonly hasFewStacks?: boolean
  readonly seed: number
}

/**
 * Writes ftrace text with stacks: the bundled capture over and over, each time later and on other pages, with a random
 * delay here and there. Events, their mix, stacks, tasks and the times between them are those of a real kernel. The same
 * size and seed give the same bytes.
 */
export function writeTrace(path: string, { bytes, events, hasFewStacks = false, seed }: TraceSize): InputFacts {
  const { header, entries } = readTraceShapes()
  const isFull = (written: TextFile, count: number): boolean =>
    (bytes !== undefined && written.bytes >= bytes) || (events !== undefined && count >= events)
  const random = seededRandom(seed)
  const file = new TextFile(path)
  file.add(`${header.join('\n')}\n`, header.length)
  const counted = { events: 0, failures: 0, pfns: new PfnSample() }
  let startUs = 0
  for (let copy = 0; !isFull(file, counted.events); copy++) {
    const fails = copy % FAILS_EVERY === 0
    const hasStack = fails || !hasFewStacks
    for (const entry of entries) {
      if (isFull(file, counted.events)) break
      if (!fails && isOfAllocation(entry)) continue
      startUs += random() < 0.125 ? Math.floor(random() * 8) : 0
      const told = { timeUs: startUs + entry.timeUs, shift: copy * PFN_STEP, hasStack }
      file.add(entryText(entry, told), entryLines(entry, hasStack))
      counted.events++
      if (entry.name === 'test_pages_isolated') counted.failures++
      counted.pfns.offer(entry, told.shift)
    }
    startUs += spanUs(entries)
  }
  file.close()
  return { lines: file.lines, events: counted.events, failures: counted.failures, pfns: counted.pfns.kept() }
}

/** Keeps a few PFNs from all over the file. */
class PfnSample {
  #all: number[] = []
  #every = 1
  #offered = 0

  offer(entry: TraceEntry, shift: number): void {
    if (!entry.name.startsWith('page_ref_')) return
    if (this.#offered++ % this.#every !== 0) return
    this.#all.push(entry.pfn + shift)
    if (this.#all.length < 2 * PFNS_KEPT) return
    this.#all = this.#all.filter((_, at) => at % 2 === 0)
    this.#every *= 2
  }

  kept(): readonly number[] {
    return [...new Set(this.#all)].slice(0, PFNS_KEPT)
  }
}

function spanUs(entries: readonly TraceEntry[]): number {
  return (entries.at(-1)?.timeUs ?? 0) - (entries[0]?.timeUs ?? 0) + 1_000_000
}
