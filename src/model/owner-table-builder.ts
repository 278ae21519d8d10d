import { type Column, column, narrow } from '../base/column.ts'
import { Growable } from '../base/growable.ts'
import { buildGroupIndex } from '../base/group-index.ts'
import { type StackId } from './ids.ts'
import { type OwnerRecord, type OwnerTable } from './owner-table.ts'
import { type StackHandles } from './stack-handles.ts'

const FIELDS = [
  'pfn',
  'order',
  'gfp',
  'pid',
  'tgid',
  'comm',
  'ts',
  'freeTs',
  'pageType',
  'blockType',
  'flags',
  'migrateReason',
  'stack',
  'handle',
  'line',
] as const

type Field = (typeof FIELDS)[number]

type Grown = Readonly<Record<Field, Growable<Float64Array> | Growable<Int32Array>>>

/** Fills an `OwnerTable`. */
export class OwnerTableBuilder {
  readonly #columns: Grown

  constructor() {
    const wide: readonly Field[] = ['pfn', 'ts', 'freeTs', 'handle', 'line']
    const make = (field: Field): Growable<Float64Array> | Growable<Int32Array> =>
      wide.includes(field) ? new Growable(Float64Array, 64) : new Growable(Int32Array, 64)
    this.#columns = Object.fromEntries(FIELDS.map((field) => [field, make(field)])) as Grown
  }

  get length(): number {
    return this.#columns.pfn.length
  }

  push(record: OwnerRecord): void {
    for (const field of FIELDS) this.#columns[field].push(record[field])
  }

  /** Joins records by handle with the stacks that any file gave them. */
  build(stackCount: number, handles: StackHandles): OwnerTable {
    this.#nameStacks(handles)
    const field = <T extends number>(name: Field): Column<T> => {
      const grown = this.#columns[name]
      return column<T>(narrow(grown.values, grown.length))
    }
    const pfn = field('pfn') as OwnerTable['pfn']
    const byPfn = new Uint32Array(this.length)
    for (let row = 0; row < byPfn.length; row++) byPfn[row] = row
    byPfn.sort((a, b) => pfn[a] - pfn[b] || a - b)
    const stack = field<StackId>('stack')
    return {
      length: this.length,
      pfn,
      order: field('order'),
      gfp: field('gfp'),
      pid: field('pid'),
      tgid: field('tgid'),
      comm: field('comm'),
      ts: field('ts'),
      freeTs: field('freeTs'),
      pageType: field('pageType'),
      blockType: field('blockType'),
      flags: field('flags'),
      migrateReason: field('migrateReason'),
      stack,
      handle: field('handle'),
      line: field('line'),
      byPfn: column(byPfn),
      byStack: buildGroupIndex(stack, stackCount),
    }
  }

  #nameStacks(handles: StackHandles): void {
    const { stack, handle } = this.#columns
    for (let row = 0; row < this.length; row++) {
      if (stack.values[row] < 0 && handle.values[row] >= 0) stack.values[row] = handles.find(handle.values[row])
    }
  }
}
