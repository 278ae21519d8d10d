import { column, narrow, type Numbers } from '../base/column.ts'
import { type LineId, NONE, type OwnerShapeId } from './ids.ts'
import { OwnerColumn } from './owner-table-column.ts'
import { rowsByValue } from './owner-table-order.ts'
import { OwnerShapes } from './owner-table-shapes.ts'
import { type OwnerRecord, type OwnerShape, type OwnerTable } from './owner-table.ts'
import { type StackHandles } from './stack-handles.ts'

/** The records of an `OwnerTableBuilder` as plain arrays, with ids of its own; `shapes` holds nine values a shape. */
export interface OwnerRows {
  readonly shapes: Int32Array
  readonly pfn: Numbers
  readonly shape: Numbers
  readonly ts: Numbers
  readonly freeTs: Numbers
  readonly stack: Numbers
  readonly handle: Numbers
  readonly line: Numbers
}

/** Fills an `OwnerTable`. */
export class OwnerTableBuilder {
  readonly shapes = new OwnerShapes()
  readonly #pfn = new OwnerColumn()
  readonly #shape = new OwnerColumn()
  readonly #ts = new OwnerColumn()
  readonly #freeTs = new OwnerColumn()
  readonly #stack = new OwnerColumn()
  readonly #handle = new OwnerColumn()
  readonly #line = new OwnerColumn()

  get length(): number {
    return this.#pfn.length
  }

  push(record: OwnerRecord): void {
    this.add(record, this.shapes.intern(record))
  }

  /** Adds a record whose shape is known. Hot. */
  add(record: Omit<OwnerRecord, keyof OwnerShape>, shape: OwnerShapeId): void {
    this.#pfn.push(record.pfn)
    this.#shape.push(shape)
    this.#ts.push(record.ts)
    this.#freeTs.push(record.freeTs)
    this.#stack.push(record.stack)
    this.#handle.push(record.handle)
    this.#line.push(record.line)
  }

  /** All records so far. */
  rows(): OwnerRows {
    return {
      shapes: this.shapes.rows(),
      pfn: this.#pfn.rows(),
      shape: this.#shape.rows(),
      ts: this.#ts.rows(),
      freeTs: this.#freeTs.rows(),
      stack: this.#stack.rows(),
      handle: this.#handle.rows(),
      line: this.#line.rows(),
    }
  }

  /** Adds records that another builder gave: the ids of their texts and stacks here, the `LineId` of their line 0. */
  takeRows(rows: OwnerRows, ids: { readonly text: Int32Array; readonly stack: Int32Array }, firstLine: LineId): void {
    const shape = this.shapes.takeRows(rows.shapes, ids.text)
    this.#pfn.append(rows.pfn)
    this.#shape.append(idsOf(rows.shape, shape))
    this.#ts.append(rows.ts)
    this.#freeTs.append(rows.freeTs)
    this.#stack.append(idsOf(rows.stack, ids.stack))
    this.#handle.append(rows.handle)
    for (let row = 0; row < rows.line.length; row++) this.#line.push(firstLine + rows.line[row])
  }

  /** Joins records by handle with the stacks that any file gave them. Ends the builder: its rows are let go. */
  build(handles: StackHandles): OwnerTable {
    const { length } = this
    const handle = this.#handle.build()
    const stack = this.#stacks(handle, handles)
    const pfn = column<OwnerTable['pfn'][number]>(this.#pfn.build())
    return {
      length,
      pfn,
      shape: column(this.#shape.build()),
      shapes: this.shapes.build(),
      ts: column(this.#ts.build()),
      freeTs: column(this.#freeTs.build()),
      stack: column(stack),
      handle: column(handle),
      line: column(this.#line.build()),
      byPfn: column(rowsByValue(pfn)),
    }
  }

  #stacks(handle: Numbers, handles: StackHandles): Numbers {
    const stack = this.#stack.build()
    let named: Int32Array | undefined
    for (let row = 0; row < handle.length; row++) {
      if (stack[row] >= 0 || handle[row] < 0) continue
      named ??= Int32Array.from(stack)
      named[row] = handles.find(handle[row])
    }
    return named === undefined ? stack : narrow(named)
  }
}

/** The ids of a part by what they are called here; NONE stays. */
function idsOf(values: Numbers, here: Int32Array): Int32Array {
  const ids = new Int32Array(values.length)
  for (let row = 0; row < ids.length; row++) ids[row] = values[row] < 0 ? NONE : here[values[row]]
  return ids
}
