import { formatPfn } from '../../base/pfn.ts'
import { type OwnerShapeId, type StackId } from '../../model/ids.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { type DumpRows } from './dump-rows.ts'
import { migratetypeName, taskName } from './owner-keys.ts'

/**
 * Which rows of a dump have a text, 1 for each: in a frame of the stack, the task, the gfp mask, the migratetypes, the
 * flags; or whose PFN or stack handle it is. Case matters as little as in grep -i. Undefined when all do, for the empty
 * text. O(rows + frames of distinct stacks).
 */
export function passingRows(trace: Trace, rows: DumpRows, filter: string): Uint8Array | undefined {
  const wanted = filter.trim().toLowerCase()
  if (wanted === '') return undefined
  const hasText = (text: string): boolean => text.toLowerCase().includes(wanted)
  const stackHas = stacksHaving(trace, hasText)
  return rows.dump.kind === 'records'
    ? recordsWith(trace, rows, stackHas, wanted, hasText)
    : totalsWith(trace, rows, stackHas, wanted, hasText)
}

/** Which stacks have a text in a frame, 1 for each. Undefined when all do, for the empty text. O(frames of distinct stacks). */
export function stacksWithText(trace: Trace, filter: string): Uint8Array | undefined {
  const wanted = filter.trim().toLowerCase()
  return wanted === '' ? undefined : stacksHaving(trace, (text) => text.toLowerCase().includes(wanted))
}

function stacksHaving({ stacks, frames: { text, length }, strings }: Trace, hasText: HasText): Uint8Array {
  const frameHas = Uint8Array.from({ length }, (_, frame) => (hasText(strings.text(text[frame])) ? 1 : 0))
  const stackHas = new Uint8Array(stacks.length)
  for (let stack = 0; stack < stackHas.length; stack++) {
    const frames = framesOf(stacks, stack as StackId)
    for (let at = 0; at < frames.length && stackHas[stack] === 0; at++) stackHas[stack] = frameHas[frames[at]]
  }
  return stackHas
}

type HasText = (text: string) => boolean

function recordsWith(trace: Trace, rows: DumpRows, stackHas: Uint8Array, wanted: string, hasText: HasText): Uint8Array {
  const { owners, strings } = trace
  const { shapes } = owners
  const shapeHas = new Uint8Array(shapes.length)
  for (let id = 0; id < shapeHas.length; id++) {
    const shape = id as OwnerShapeId
    const told = [taskName(trace, shape), strings.text(shapes.gfp[shape]), migratetypeName(trace, shape)]
    shapeHas[id] = [...told, strings.text(shapes.flags[shape])].some(hasText) ? 1 : 0
  }
  const pfn = pfnOf(wanted)
  const passes = new Uint8Array(rows.length)
  for (let at = 0; at < passes.length; at++) {
    const row = rows.row[at]
    const stack = owners.stack[row]
    const isPage = pfn >= owners.pfn[row] && pfn < owners.pfn[row] + rows.pages[at]
    const isOf = isPage || shapeHas[owners.shape[row]] === 1 || (stack >= 0 && stackHas[stack] === 1)
    passes[at] = isOf || (stack < 0 && String(owners.handle[row]) === wanted) ? 1 : 0
  }
  return passes
}

function totalsWith(
  { stackTotals, strings }: Trace,
  rows: DumpRows,
  stackHas: Uint8Array,
  wanted: string,
  hasText: HasText,
): Uint8Array {
  const { stack, comm, pid, handle, allocator } = stackTotals
  return Uint8Array.from({ length: rows.length }, (_, at) => {
    const row = rows.row[at]
    if (stack[row] >= 0 && stackHas[stack[row]] === 1) return 1
    const texts = [strings.text(comm[row]), strings.text(allocator[row]), `${strings.text(comm[row])}-${pid[row]}`]
    return texts.some(hasText) || String(handle[row]) === wanted || String(pid[row]) === wanted ? 1 : 0
  })
}

/** A PFN as this program prints it, `0x1f481`; -1 for other text. */
function pfnOf(text: string): number {
  if (!/^0x[0-9a-f]{1,13}$/.test(text)) return -1
  const pfn = Number.parseInt(text.slice(2), 16)
  return formatPfn(pfn) === text ? pfn : -1
}
