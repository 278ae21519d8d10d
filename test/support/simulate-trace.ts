import { damageText } from './damage-text.ts'
import { seededRandom } from './seeded-random.ts'
import { HOLDER_STYLES, type HolderStyle, STACKS } from './simulated-stacks.ts'
import { tracedText } from './tell.ts'

/** What is simulated, and what is done to the trace of it. All fractions are 0 … 1; every default is "nothing". */
export interface SimulationOptions {
  readonly seed: number
  readonly pages?: number
  /** Pages that somebody holds over the attempt; 0 is a healthy trace. */
  readonly holders?: number
  /** Balanced comings and goings for each page: LRU batches, forks, readers, drivers that give back. */
  readonly noise?: number
  /** Fraction of pages that are freed and allocated anew before the attempt. */
  readonly reuse?: number
  /** Fraction of pages that belong to the page cache. */
  readonly cache?: number
  /** Fraction of pages that are transparent huge pages: events carry the head, the kernel names a tail. */
  readonly huge?: number
  /** Fraction of events whose sampled count another CPU has changed meanwhile, by a look at the page that is traced too. */
  readonly races?: number
  /** Events of different CPUs may be printed in the wrong order by this much, us. */
  readonly reorderUs?: number
  /** Fraction of page_ref events that vanish in silence, with their stacks. */
  readonly dropEvents?: number
  readonly dropStacks?: number
  /** Windows of 50 ms in which a CPU's events were lost, with the kernel's marker. */
  readonly lostWindows?: number
  /** The trace begins after the holders took their references. */
  readonly startsLate?: boolean
}

/** A page that somebody holds over the failed attempt. */
export interface SimulatedHolder {
  readonly pfn: number
  readonly task: string
  /** Who puts it in the end. */
  readonly putTask: string
  /** Functions of its put, for a get whose stack was lost. */
  readonly putStack: string
  readonly function: string
  readonly kind: 'leak' | 'long_term' | 'transient'
}

/** Ftrace text with the truth about it. */
export interface SimulatedTrace {
  readonly text: string
  readonly holders: readonly SimulatedHolder[]
}

interface Page {
  readonly pfn: number
  readonly isCache: boolean
  readonly isHuge: boolean
  readonly owner: string
  count: number
  mapcount: number
}

interface Line {
  readonly timeUs: number
  readonly cpu: number
  readonly text: string
}

const START = 0x8000
const HUGE_ORDER = 9
/** A page of a huge page that is not its head. */
const TAIL = 5
const SCAN_AT = 2_000_000
const FAIL_AT = 2_100_000
const END_AT = 6_000_000

/** Makes a trace of a CMA allocation of one area, and says who was in its way. Equal options give equal text. */
export function simulateTrace(options: SimulationOptions): SimulatedTrace {
  const simulation = new Simulation(options)
  return simulation.run()
}

class Simulation {
  readonly #options: SimulationOptions
  readonly #random: () => number
  readonly #agenda: { readonly timeUs: number; readonly act: () => void }[] = []
  readonly #lines: Line[] = []
  readonly #holders: SimulatedHolder[] = []
  #now = 0

  constructor(options: SimulationOptions) {
    this.#options = options
    this.#random = seededRandom(options.seed)
  }

  run(): SimulatedTrace {
    const { pages = 24, holders = 1 } = this.#options
    const all = Array.from({ length: pages }, (_, at) => this.#page(START + at * this.#spacing, at))
    for (const page of all) this.#live(page)
    for (const page of this.#shuffled(all).slice(0, holders)) this.#hold(page)
    this.#attempt(all)
    this.#at(END_AT, () => this.#line(0, 'init-1', 'set 1 pfn=0x1 count=1', STACKS.fault))
    for (const { timeUs, act } of this.#agenda.toSorted((a, b) => a.timeUs - b.timeUs)) {
      this.#now = timeUs
      act()
    }
    return { text: this.#text(), holders: this.#holders }
  }

  get #spacing(): number {
    return (this.#options.huge ?? 0) > 0 ? 2 ** HUGE_ORDER : 2
  }

  #page(pfn: number, at: number): Page {
    const isHuge = this.#chance(this.#options.huge)
    const isCache = !isHuge && this.#chance(this.#options.cache)
    return { pfn, isCache, isHuge, owner: `app${at % 5}-${50 + (at % 5)}`, count: 0, mapcount: -1 }
  }

  /** A page is allocated, put on the LRU, and goes through its share of noise before the attempt. */
  #live(page: Page): void {
    const born = this.#between(1_000_000, 1_150_000)
    if (this.#chance(this.#options.reuse)) {
      this.#birth(page, born)
      this.#at(born + 40_000, () => this.#free(page))
      this.#birth(page, born + 60_000)
    } else this.#birth(page, born)
    const { noise = 0 } = this.#options
    for (let turn = 0; turn < noise; turn++) this.#noise(page, this.#between(1_250_000, 1_900_000))
  }

  #birth(page: Page, timeUs: number): void {
    this.#at(timeUs, () => {
      const cpu = this.#cpu()
      this.#ref(page, 'set 1', page.isCache ? STACKS.cacheAlloc : STACKS.fault, page.owner, cpu)
      if (page.isHuge) this.#line(cpu, page.owner, `mm_page_alloc: page=0 pfn=${hex(page.pfn)} order=${HUGE_ORDER}`, '')
      if (!page.isCache) page.mapcount = 0
      if (page.isCache) this.#ref(page, '+1', STACKS.cacheAdd, page.owner, cpu)
      this.#ref(page, '+1', STACKS.lruAdd, page.owner, cpu)
      if (page.isCache) this.#ref(page, '-1', STACKS.cachePut, page.owner, cpu)
    })
    this.#at(timeUs + 10_000, () => this.#ref(page, '-1', STACKS.lruDrain, 'kworker/0:1-20'))
  }

  #free(page: Page): void {
    page.mapcount = -1
    while (page.count > 0) this.#ref(page, '-1', STACKS.exit, page.owner)
  }

  #noise(page: Page, timeUs: number): void {
    const style = HOLDER_STYLES[Math.floor(this.#random() * HOLDER_STYLES.length)]
    const task = `busy${Math.floor(this.#random() * 3)}-${80 + Math.floor(this.#random() * 3)}`
    const lasts = this.#between(200, 60_000)
    const turn = this.#random()
    if (turn < 0.4) this.#use(page, style, task, timeUs, timeUs + lasts)
    else if (page.isCache) {
      this.#at(timeUs, () => this.#ref(page, '+1 unless', STACKS.cacheGet, task))
      this.#at(timeUs + 300, () => this.#ref(page, '-1', STACKS.cachePut, task))
    } else {
      this.#at(timeUs, () => {
        page.mapcount++
        this.#ref(page, '+1', STACKS.fork, page.owner)
      })
      this.#at(timeUs + lasts, () => {
        page.mapcount--
        this.#ref(page, '-1', STACKS.exit, `${page.owner.split('-')[0]}-${200 + Math.floor(this.#random() * 9)}`)
      })
    }
  }

  /** A get, and its put when there is one. */
  #use(page: Page, style: HolderStyle, task: string, from: number, to: number | undefined): void {
    const [first] = style.get
    const get = page.isHuge ? [['+1 unless', first[1]] as const] : style.get
    const put = page.isHuge ? '-1' : style.put[0]
    this.#at(from, () => {
      const cpu = this.#cpu()
      for (const [operation, stack] of get) this.#ref(page, operation, stack, task, cpu)
    })
    if (to !== undefined) this.#at(to, () => this.#ref(page, put, style.put[1], style.putTask ?? task))
  }

  #hold(page: Page): void {
    const style = HOLDER_STYLES[Math.floor(this.#random() * HOLDER_STYLES.length)]
    const kind = (['leak', 'long_term', 'transient'] as const)[Math.floor(this.#random() * 3)]
    const task = `holder${this.#holders.length}-${300 + this.#holders.length}`
    const from = kind === 'transient' ? this.#between(1_960_000, 1_990_000) : this.#between(1_300_000, 1_700_000)
    const to =
      kind === 'leak'
        ? undefined
        : kind === 'transient'
          ? this.#between(FAIL_AT + 5_000, FAIL_AT + 90_000)
          : this.#between(FAIL_AT + 300_000, FAIL_AT + 2_000_000)
    this.#holders.push({
      pfn: page.pfn,
      task,
      putTask: style.putTask ?? task,
      putStack: style.put[1],
      function: style.function,
      kind,
    })
    this.#use(page, style, task, from, to)
  }

  /** Isolation meets every page in order of PFN; those that nobody holds move away, the first that stays is named. */
  #attempt(all: readonly Page[]): void {
    const end = START + all.length * this.#spacing
    this.#at(SCAN_AT, () => this.#line(1, 'init-1', `cma_alloc_start: name=area count=${end - START} align=0`, ''))
    all.forEach((page, at) => this.#at(SCAN_AT + 100 + at * 50, () => this.#move(page)))
    this.#at(FAIL_AT, () => {
      const held = new Set(this.#holders.map((holder) => holder.pfn))
      const bad = all.find((page) => held.has(page.pfn))
      const named = bad === undefined ? end : bad.pfn + (bad.isHuge ? TAIL : 0)
      const range = `start_pfn=${hex(START)} end_pfn=${hex(end)}`
      const result = `fin_pfn=${hex(named)} ret=${bad === undefined ? 'success' : 'fail'}`
      this.#line(1, 'init-1', `test_pages_isolated: ${range} ${result}`, STACKS.test)
    })
  }

  #move(page: Page): void {
    this.#ref(page, '+1 unless', STACKS.scan, 'init-1', 1)
    if (this.#holders.some((holder) => holder.pfn === page.pfn)) {
      this.#ref(page, '-1', STACKS.unscan, 'init-1', 1)
      return
    }
    while (page.mapcount >= 0) {
      page.mapcount--
      this.#ref(page, '-1', STACKS.unmap, 'init-1', 1)
    }
    if (page.isCache) {
      const { count } = page
      this.#ref(page, `freeze ${count}`, STACKS.freeze, 'init-1', 1)
      this.#ref(page, `unfreeze ${count - 1}`, STACKS.freeze, 'init-1', 1)
    }
    this.#ref(page, '-1', STACKS.migrated, 'init-1', 1)
  }

  #ref(page: Page, operation: string, stack: string, task: string, cpu = this.#cpu()): void {
    const [verb, amount] = operation.split(' ')
    page.count =
      verb === 'set' || verb === 'unfreeze' ? Number(amount) : verb === 'freeze' ? 0 : page.count + Number(verb)
    const isRaced = page.count > 0 && this.#chance(this.#options.races)
    const flags = page.isHuge ? ' flags=uptodate|lru|head|swapbacked' : ''
    const mapcount = page.isHuge ? -1 : page.mapcount // a huge page is mapped by its PMD
    const fields = `pfn=${hex(page.pfn)} count=${page.count + Number(isRaced)} mapcount=${mapcount}${flags}`
    this.#line(cpu, task, `${operation} ${fields}`, stack)
    if (isRaced) this.#walk(page, mapcount, flags, 1 - cpu)
  }

  /** Another CPU looks at the page meanwhile: its get is in the count that was just printed, and printed after it. */
  #walk(page: Page, mapcount: number, flags: string, cpu: number): void {
    const fields = (count: number): string => `pfn=${hex(page.pfn)} count=${count} mapcount=${mapcount}${flags}`
    this.#line(cpu, 'idled-40', `+1 unless ${fields(page.count + 1)}`, STACKS.walk)
    this.#line(cpu, 'idled-40', `-1 ${fields(page.count)}`, STACKS.walked)
  }

  #line(cpu: number, task: string, what: string, stack: string): void {
    const timeUs = this.#now++
    const time = `${Math.floor(timeUs / 1e6)}.${String(timeUs % 1e6).padStart(6, '0')}`
    this.#lines.push({ timeUs, cpu, text: `${task} ${cpu} ${time} ${what}${stack === '' ? '' : ` < ${stack}`}` })
  }

  /** Damages in the order in which they happen: lost in the ring buffer, printed out of order, lost from the file. */
  #text(): string {
    const { reorderUs = 0, dropEvents = 0, dropStacks = 0, startsLate = false } = this.#options
    const kept = this.#withLostWindows(this.#lines)
    const printed = kept
      .map((line) => ({ line, order: line.timeUs + (line.cpu === 0 ? 0 : Math.floor(this.#random() * reorderUs)) }))
      .toSorted((a, b) => a.order - b.order)
    const text = tracedText(printed.map(({ line }) => line.text).join('\n'))
    const cut = startsLate ? { cutUntil: (SCAN_AT - 5_000) / 1e6 } : {}
    return damageText(text, { dropEvents, dropStacks, ...cut }, this.#random)
  }

  #withLostWindows(lines: readonly Line[]): readonly Line[] {
    let kept = lines
    for (let window = 0; window < (this.#options.lostWindows ?? 0); window++) {
      const [cpu, from] = [Math.floor(this.#random() * 2), this.#between(1_000_000, 3_000_000)]
      const isLost = (line: Line): boolean =>
        line.cpu === cpu && line.timeUs >= from && line.timeUs < from + 50_000 && line.text.includes('pfn=')
      const lost = kept.filter(isLost).length
      const next = kept.findIndex((line) => line.cpu === cpu && line.timeUs >= from + 50_000)
      if (lost === 0 || next < 0) continue
      const marker = { timeUs: kept[next].timeUs, cpu, text: `CPU:${cpu} [LOST ${lost} EVENTS]` }
      kept = kept.toSpliced(next, 0, marker).filter((line) => !isLost(line))
    }
    return kept
  }

  #at(timeUs: number, act: () => void): void {
    this.#agenda.push({ timeUs, act })
  }

  #cpu(): number {
    return Math.floor(this.#random() * 2)
  }

  #between(low: number, high: number): number {
    return low + Math.floor(this.#random() * (high - low))
  }

  #chance(fraction = 0): boolean {
    return fraction > 0 && this.#random() < fraction
  }

  #shuffled<T>(items: readonly T[]): readonly T[] {
    return items
      .map((item) => ({ item, order: this.#random() }))
      .toSorted((a, b) => a.order - b.order)
      .map(({ item }) => item)
  }
}

function hex(value: number): string {
  return `0x${value.toString(16)}`
}
