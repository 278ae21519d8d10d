import { seededRandom } from '../../src/cli/eval/seeded-random.ts'
import { damagedLines, FAIL_AT, SCAN_AT, type SimulatedDamage, type SimulatedLine } from './simulated-damage.ts'
import { COPY_STYLE, HOLDER_STYLES, type HolderStyle, STACKS } from './simulated-stacks.ts'

/** What is simulated, and what is done to the trace of it. All fractions are 0 … 1; every default is "nothing". */
export interface SimulationOptions extends SimulatedDamage {
  readonly seed: number
  readonly pages?: number
  /** Holders over the attempt; 0 is a healthy trace. */
  readonly holders?: number
  /** Pages that each holder takes in a row, a page where absent: a buffer. */
  readonly buffer?: number
  /** Fraction of those who take references that take them of their own pages, through their own mappings. */
  readonly own?: number
  /** Fraction of held pages that another took in the very same way; a worker gave one of the two back before the attempt. */
  readonly lookalikes?: number
  /** Fraction of held pages whose reference is a copy: the first one is given back before the attempt. */
  readonly handovers?: number
  /** Fraction of held pages that nobody holds but the exit of the task that had them mapped. */
  readonly exits?: number
  /** Balanced comings and goings for each page: LRU batches, forks, readers, drivers that give back. */
  readonly noise?: number
  /** The same after the failure, for each page that has not moved away. */
  readonly later?: number
  /** Comings and goings of a moment for each page, after the attempt looked at it and before it fails. */
  readonly meanwhile?: number
  /** Fraction of the pages nobody holds that the attempts never come to: they stay where they are. */
  readonly unscanned?: number
  /** Fraction of pages that are freed and allocated anew before the attempt. */
  readonly reuse?: number
  /** Fraction of pages that belong to the page cache. */
  readonly cache?: number
  /** Fraction of pages that are transparent huge pages: events carry the head, the kernel names a tail. */
  readonly huge?: number
  /** Attempts, one where absent; what has moved away does not come back. */
  readonly tries?: number
  /** Rounds in which an attempt unmaps a held page and maps it back, as offlining does; CMA skips the page where absent. */
  readonly remaps?: number
  /** Fraction of events whose sampled count another CPU has changed meanwhile, by a look at the page that is traced too. */
  readonly races?: number
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
  readonly flags: string
  count: number
  mapcount: number
}

const START = 0x8000
const HUGE_ORDER = 9
/** A page of a huge page that is not its head. */
const TAIL = 5
const END_AT = 6_000_000
/** From one attempt to the next. */
const RETRY_US = 150_000
/** What is read into a pipe before it is copied to another. */
const COPIED_STYLE = HOLDER_STYLES[1]

/** Makes a trace of a CMA allocation of one area, and says who was in its way. Equal options give equal text. */
export function simulateTrace(options: SimulationOptions): SimulatedTrace {
  const simulation = new Simulation(options)
  return simulation.run()
}

class Simulation {
  readonly #options: SimulationOptions
  readonly #random: () => number
  readonly #agenda: { readonly timeUs: number; readonly act: () => void }[] = []
  readonly #lines: SimulatedLine[] = []
  readonly #heldUntil = new Map<Page, number>()
  readonly #moved = new Set<Page>()
  readonly #unscanned = new Set<Page>()
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
    for (const buffer of this.#buffers(all).slice(0, holders)) this.#holdAll(buffer)
    for (let turn = 0; turn < (this.#options.tries ?? 1); turn++) this.#attempt(all, turn * RETRY_US)
    this.#at(END_AT, () => this.#line(0, 'init-1', 'set 1 pfn=0x1 count=1', STACKS.fault))
    for (const { timeUs, act } of this.#agenda.toSorted((a, b) => a.timeUs - b.timeUs)) {
      this.#now = timeUs
      act()
    }
    return { text: damagedLines(this.#lines, this.#options, this.#named(all), this.#random), holders: this.#holders }
  }

  get #spacing(): number {
    return (this.#options.huge ?? 0) > 0 ? 2 ** HUGE_ORDER : 2
  }

  #page(pfn: number, at: number): Page {
    const isHuge = this.#chance(this.#options.huge)
    const isCache = !isHuge && this.#chance(this.#options.cache)
    const flags = isHuge
      ? 'uptodate|lru|head|swapbacked'
      : isCache && at % 2 === 0
        ? 'uptodate|lru|mappedtodisk'
        : 'uptodate|lru|swapbacked'
    return { pfn, isCache, isHuge, flags, owner: `app${at % 5}-${50 + (at % 5)}`, count: 0, mapcount: -1 }
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
    if (this.#chance(this.#options.unscanned)) this.#unscanned.add(page)
    for (let turn = 0; turn < (this.#options.meanwhile ?? 0); turn++)
      this.#glance(page, this.#between(SCAN_AT + 10_000, FAIL_AT - 10_000))
    for (let turn = 0; turn < (this.#options.later ?? 0); turn++) this.#noise(page, this.#between(2_500_000, 4_500_000))
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
    const busy = `busy${Math.floor(this.#random() * 3)}-${80 + Math.floor(this.#random() * 3)}`
    const task = !page.isCache && this.#chance(this.#options.own) ? page.owner : busy
    const lasts = this.#between(200, 60_000)
    const turn = this.#random()
    if (turn < 0.4) this.#use(page, style, task, timeUs, timeUs + lasts)
    else if (page.isCache) {
      this.#atIfAlive(page, timeUs, () => this.#ref(page, '+1 unless', STACKS.cacheGet, task))
      this.#atIfAlive(page, timeUs + 300, () => this.#ref(page, '-1', STACKS.cachePut, task))
    } else {
      this.#atIfAlive(page, timeUs, () => {
        page.mapcount++
        this.#ref(page, '+1', STACKS.fork, page.owner)
      })
      this.#atIfAlive(page, timeUs + lasts, () => {
        page.mapcount--
        this.#ref(page, '-1', STACKS.exit, `${page.owner.split('-')[0]}-${200 + Math.floor(this.#random() * 9)}`)
      })
    }
  }

  /** Somebody takes the page and lets go of it at once: no failure meets that. */
  #glance(page: Page, timeUs: number): void {
    const style = HOLDER_STYLES[Math.floor(this.#random() * HOLDER_STYLES.length)]
    const task = `near${Math.floor(this.#random() * 3)}-${90 + Math.floor(this.#random() * 3)}`
    this.#use(page, style, task, timeUs, timeUs + this.#between(50, 5_000))
  }

  /** A get, and its put when there is one. */
  #use(page: Page, style: HolderStyle, task: string, from: number, to: number | undefined): void {
    const [first] = style.get
    const get = page.isHuge ? [['+1 unless', first[1]] as const] : style.get
    const put = page.isHuge ? '-1' : style.put[0]
    this.#atIfAlive(page, from, () => {
      const cpu = this.#cpu()
      for (const [operation, stack] of get) this.#ref(page, operation, stack, task, cpu)
    })
    if (to !== undefined) this.#atIfAlive(page, to, () => this.#ref(page, put, style.put[1], style.putTask ?? task))
  }

  /** Runs of pages that one holder takes, in any order; no page is in two. */
  #buffers(all: readonly Page[]): readonly (readonly Page[])[] {
    const { buffer = 1 } = this.#options
    const runs = Array.from({ length: Math.floor(all.length / buffer) }, (_, at) =>
      all.slice(at * buffer, (at + 1) * buffer),
    )
    return this.#shuffled(runs)
  }

  #holdAll(pages: readonly Page[]): void {
    const number = this.#holders.length
    const style = HOLDER_STYLES[Math.floor(this.#random() * HOLDER_STYLES.length)]
    const kind = (['leak', 'long_term', 'transient'] as const)[Math.floor(this.#random() * 3)]
    const task = this.#chance(this.#options.own) ? pages[0].owner : `holder${number}-${300 + number}`
    const from = kind === 'transient' ? this.#between(1_960_000, 1_990_000) : this.#between(1_300_000, 1_700_000)
    const to =
      kind === 'leak'
        ? undefined
        : kind === 'transient'
          ? this.#between(FAIL_AT + 5_000, FAIL_AT + 90_000)
          : this.#between(FAIL_AT + 300_000, FAIL_AT + 2_000_000)
    pages.forEach((page, at) =>
      this.#hold(page, style, task, kind, from + at * 20, to === undefined ? to : to + at * 20),
    )
  }

  #hold(
    page: Page,
    style: HolderStyle,
    task: string,
    kind: SimulatedHolder['kind'],
    from: number,
    to: number | undefined,
  ): void {
    if (!page.isHuge && !page.isCache && this.#chance(this.#options.exits)) return this.#exit(page)
    const isCopy = kind !== 'transient' && this.#chance(this.#options.handovers)
    const last = isCopy ? COPY_STYLE : style
    const putTask = last.putTask ?? task
    this.#heldUntil.set(page, to ?? Number.POSITIVE_INFINITY)
    this.#holders.push({ pfn: page.pfn, task, putTask, putStack: last.put[1], function: last.function, kind })
    if (isCopy) this.#use(page, COPIED_STYLE, task, from, this.#between(1_750_000, 1_850_000))
    else if (kind !== 'transient' && style.putTask !== undefined && this.#chance(this.#options.lookalikes))
      this.#use(page, style, 'twin-399', from + this.#between(-40_000, 40_000), this.#between(1_750_000, 1_850_000))
    this.#use(page, last, task, isCopy ? from + 10_000 : from, to)
  }

  /** The page is unmapped before the attempt, and its last reference waits in a batch of the exit path. */
  #exit(page: Page): void {
    const to = FAIL_AT + this.#between(1_000, 30_000)
    const task = page.owner
    this.#heldUntil.set(page, to)
    this.#holders.push({ pfn: page.pfn, task, putTask: task, putStack: STACKS.exit, function: '', kind: 'transient' })
    this.#at(1_985_000, () => {
      page.mapcount = -1
    })
    this.#at(to, () => this.#ref(page, '-1', STACKS.exit, task))
  }

  /** Isolation meets every page in order of PFN; those that nobody holds move away, the first that stays is named. */
  #attempt(all: readonly Page[], after: number): void {
    const end = START + all.length * this.#spacing
    this.#at(SCAN_AT + after, () =>
      this.#line(1, 'init-1', `cma_alloc_start: name=area count=${end - START} align=0`, ''),
    )
    all.forEach((page, at) => this.#at(SCAN_AT + after + 100 + at * 50, () => this.#move(page)))
    this.#at(FAIL_AT + after, () => {
      const bad = all.find((page) => this.#isHeldAt(page, FAIL_AT + after))
      const named = bad === undefined ? end : bad.pfn + (bad.isHuge ? TAIL : 0)
      const range = `start_pfn=${hex(START)} end_pfn=${hex(end)}`
      const result = `fin_pfn=${hex(named)} ret=${bad === undefined ? 'success' : 'fail'}`
      this.#line(1, 'init-1', `test_pages_isolated: ${range} ${result}`, STACKS.test)
    })
  }

  #isHeldAt(page: Page, timeUs: number): boolean {
    return (this.#heldUntil.get(page) ?? 0) > timeUs
  }

  /** The page that the first attempt names. */
  #named(all: readonly Page[]): number | undefined {
    return all.find((page) => this.#isHeldAt(page, FAIL_AT))?.pfn
  }

  #move(page: Page): void {
    if (this.#moved.has(page) || page.count === 0 || (this.#unscanned.has(page) && !this.#heldUntil.has(page))) return
    this.#ref(page, '+1 unless', STACKS.scan, 'init-1', 1)
    if (this.#isHeldAt(page, this.#now)) {
      for (let round = 0; round < (this.#options.remaps ?? 0); round++) this.#remap(page)
      this.#ref(page, '-1', STACKS.unscan, 'init-1', 1)
      return
    }
    this.#moved.add(page)
    this.#unmap(page)
    if (page.isCache) {
      const { count } = page
      this.#ref(page, `freeze ${count}`, STACKS.freeze, 'init-1', 1)
      this.#ref(page, `unfreeze ${count - 1}`, STACKS.freeze, 'init-1', 1)
    }
    this.#ref(page, '-1', STACKS.migrated, 'init-1', 1)
  }

  #remap(page: Page): void {
    const mappings = this.#unmap(page)
    for (let at = 0; at < mappings; at++) {
      this.#ref(page, '+1', STACKS.remap, 'init-1', 1)
      page.mapcount++
    }
  }

  /** Takes all mappings away; returns how many there were. */
  #unmap(page: Page): number {
    const mappings = page.mapcount + 1
    while (page.mapcount >= 0) {
      page.mapcount--
      this.#ref(page, '-1', STACKS.unmap, 'init-1', 1)
    }
    return mappings
  }

  #ref(page: Page, operation: string, stack: string, task: string, cpu = this.#cpu()): void {
    const [verb, amount] = operation.split(' ')
    page.count =
      verb === 'set' || verb === 'unfreeze' ? Number(amount) : verb === 'freeze' ? 0 : page.count + Number(verb)
    const isRaced = page.count > 0 && this.#chance(this.#options.races)
    const flags = verb === 'set' && !page.isHuge ? '' : ` flags=${page.flags}`
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

  #at(timeUs: number, act: () => void): void {
    this.#agenda.push({ timeUs, act })
  }

  /** Nothing is done to a page that has moved away. */
  #atIfAlive(page: Page, timeUs: number, act: () => void): void {
    this.#at(timeUs, () => {
      if (!this.#moved.has(page) && page.count > 0) act()
    })
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
