import { readTraceShapes, type TraceEntry, type TraceShapes } from './trace-entry.ts'

/** A get and the put that answers it, as they follow each other in the example: same page, same task, same count. */
export interface ReferencePair {
  readonly get: TraceEntry
  readonly put: TraceEntry
}

/** What stories of references are told with. */
export interface ReferenceShapes extends TraceShapes {
  readonly pairs: readonly ReferencePair[]
  /** First reference of a page. */
  readonly set: TraceEntry
  /** What happened to single pages until the allocation began, and to the page that it failed on. */
  readonly lives: readonly (readonly TraceEntry[])[]
  readonly heldLife: readonly TraceEntry[]
}

const LONGEST_LIFE = 12
const GETS = new Set(['page_ref_mod', 'page_ref_mod_unless'])
const PUTS = new Set(['page_ref_mod_and_test'])

/** The references of the example in pairs. */
export function readReferenceShapes(): ReferenceShapes {
  const shapes = readTraceShapes()
  const pairs: ReferencePair[] = []
  const before = new Map<number, TraceEntry>()
  for (const entry of shapes.entries) {
    const last = before.get(entry.pfn)
    if (last !== undefined && isPair(last, entry)) pairs.push({ get: last, put: entry })
    if (entry.name.startsWith('page_ref_')) before.set(entry.pfn, entry)
  }
  const set = shapes.entries.find(({ name }) => name === 'page_ref_set')
  if (set === undefined || pairs.length === 0) throw new Error('the example has no references')
  return { ...shapes, pairs, set, ...readLives(shapes.entries) }
}

/** The attempt itself: told only where an allocation is to fail. */
export function isOfAllocation({ name, stack }: TraceEntry): boolean {
  return name.startsWith('cma_') || name === 'test_pages_isolated' || stack.includes('__cma_alloc')
}

function readLives(entries: readonly TraceEntry[]): Pick<ReferenceShapes, 'lives' | 'heldLife'> {
  const start = entries.findIndex(({ name }) => name === 'cma_alloc_start')
  const heldPfn = entries.find(({ name }) => name === 'test_pages_isolated')?.slots.at(-1)?.value
  const lives = new Map<number, TraceEntry[]>()
  for (const entry of entries.slice(0, start)) {
    const life = lives.get(entry.pfn)
    if (life !== undefined) life.push(entry)
    else if (entry.name === 'page_ref_set') lives.set(entry.pfn, [entry])
  }
  const heldLife = heldPfn === undefined ? undefined : lives.get(heldPfn)
  if (heldPfn === undefined || heldLife === undefined) throw new Error('the example has no page that is held')
  lives.delete(heldPfn)
  return { lives: [...lives.values()].filter(({ length }) => length <= LONGEST_LIFE), heldLife }
}

function isPair(get: TraceEntry, put: TraceEntry): boolean {
  return (
    GETS.has(get.name) &&
    !isOfAllocation(get) &&
    !isOfAllocation(put) &&
    PUTS.has(put.name) &&
    get.change === 1 &&
    put.change === -1 &&
    put.count === get.count - 1 &&
    put.count > 0 &&
    put.pid === get.pid
  )
}
