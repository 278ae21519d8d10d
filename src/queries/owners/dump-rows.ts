import { type Column } from '../../base/column.ts'
import { oncePer } from '../../base/once-per.ts'
import { isFreedOwner } from '../../derive/freed-owner.ts'
import { type OwnerDump, ownerDumpsOf } from '../../derive/owner-dumps.ts'
import { notRecorded } from '../../derive/special-stacks.ts'
import { stackHashesOf } from '../../derive/stack-hash.ts'
import { type LineId, NONE, type StackId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { untoldHandle } from '../owner-answers.ts'

/**
 * The rows of one dump that count: a record of page_owner each, or a total as it stands in the file. Rows `0 … length - 1`
 * are the dump's own.
 */
export interface DumpRows {
  readonly dump: OwnerDump
  readonly length: number
  /** Row of `trace.owners`, or of `trace.stackTotals` for totals. */
  readonly row: Column<number>
  /** Base pages; 0 where the file tells none. */
  readonly pages: Column<number>
  /** Allocations; 0 where the file tells none. */
  readonly blocks: Column<number>
  /** Key of the stack, see `OwnerStacks`. */
  readonly stack: Column<number>
  readonly lineOf: (at: number) => LineId
  /** Records left out: their pages were freed after they were allocated. */
  readonly freed: number
}

/**
 * Stacks of all dumps of a capture under one numbering: stacks that a person would call the same have one key, then come
 * handles that no file explains, and last what has neither.
 */
export interface OwnerStacks {
  readonly count: number
  /** Stable name, for links: the stack's hash, `handle 17`, or empty. */
  readonly nameOf: (key: number) => string
  /** Key of a name, or -1. */
  readonly find: (name: string) => number
  readonly keyOf: (stack: StackId, handle: number) => number
  /** Why the key names nobody, in words; empty when it does. */
  readonly whyNobody: (key: number) => string
  /** A stack of the key; NONE when no file gives it. */
  readonly stackOf: (key: number) => StackId
}

/** Numbering of the stacks that dumps name. O(records) once per trace. */
export const ownerStacksOf: (trace: Trace) => OwnerStacks = oncePer((trace: Trace): OwnerStacks => {
  const { groupOf, hashes, stacks, byHash } = stackHashesOf(trace)
  const handles = untoldHandles(trace)
  const keyOfHandle = new Map(handles.map((handle, at) => [handle, hashes.length + at] as const))
  const none = hashes.length + handles.length
  const stackOf = (key: number): StackId => stacks.at(key)?.[0] ?? (NONE as StackId)
  return {
    count: none + 1,
    nameOf: (key) => (key < hashes.length ? hashes[key] : key < none ? `handle ${handles[key - hashes.length]}` : ''),
    find: (name) => (name === '' ? none : (byHash.get(name) ?? keyOfHandle.get(handleOf(name)) ?? -1)),
    keyOf: (stack, handle) => (stack >= 0 ? groupOf[stack] : (keyOfHandle.get(handle) ?? none)),
    stackOf: (key) => (key < hashes.length ? stackOf(key) : (NONE as StackId)),
    whyNobody: (key) => {
      if (key < hashes.length) return notRecorded(trace, stackOf(key))
      return key < none ? untoldHandle(handles[key - hashes.length]) : 'the records give no stack'
    },
  }
})

/** The rows of a dump that count. O(records) the first time. */
export function dumpRowsOf(trace: Trace, dump: OwnerDump): DumpRows {
  const known = rowsByDump.get(dump)
  if (known !== undefined) return known
  const rows = dump.kind === 'records' ? recordRows(trace, dump) : totalRows(trace, dump)
  rowsByDump.set(dump, rows)
  return rows
}

const rowsByDump = new WeakMap<OwnerDump, DumpRows>()

/** The dump that is asked for by its id; the newest of the records when there is none of that id, else the first. */
export function dumpOf(trace: Trace, id: string): OwnerDump | undefined {
  const { dumps } = ownerDumpsOf(trace)
  return dumps.find((dump) => dump.id === id) ?? dumps.findLast(({ kind }) => kind === 'records') ?? dumps.at(-1)
}

function recordRows(trace: Trace, dump: OwnerDump): DumpRows {
  const { owners } = trace
  const { startRow, endRow } = dump
  const length = endRow - startRow
  const row = new Int32Array(length)
  const pages = new Int32Array(length)
  const stack = new Int32Array(length)
  const keyOfStack = ownerStacksOf(trace)
  let at = 0
  for (let from = startRow; from < endRow; from++) {
    if (isFreedOwner(owners, from)) continue
    row[at] = from
    pages[at] = 2 ** owners.shapes.order[owners.shape[from]]
    stack[at++] = keyOfStack.keyOf(owners.stack[from], owners.handle[from])
  }
  return {
    dump,
    length: at,
    row: row.subarray(0, at),
    pages: pages.subarray(0, at),
    blocks: new Uint8Array(at).fill(1),
    stack: stack.subarray(0, at),
    lineOf: (place) => owners.line[row[place]],
    freed: length - at,
  }
}

function totalRows(trace: Trace, dump: OwnerDump): DumpRows {
  const { table } = dump
  const { keyOf } = ownerStacksOf(trace)
  const told = (values: Column<number>): Float64Array =>
    Float64Array.from({ length: table.length }, (_, at) => Math.max(0, values[at]))
  return {
    dump,
    length: table.length,
    row: table.row,
    pages: told(table.pages),
    blocks: told(table.blocks),
    stack: Int32Array.from({ length: table.length }, (_, at) => keyOf(table.stack[at], table.handle[at])),
    lineOf: (place) => table.line[place],
    freed: 0,
  }
}

/** Handles of rows whose stack no file gives, ascending. */
function untoldHandles({ owners, stackTotals }: Trace): readonly number[] {
  const found = new Set<number>()
  for (const { stack, handle, length } of [owners, stackTotals]) {
    for (let row = 0; row < length; row++) if (stack[row] < 0 && handle[row] >= 0) found.add(handle[row])
  }
  return [...found].sort((a, b) => a - b)
}

function handleOf(name: string): number {
  return name.startsWith('handle ') ? Number(name.slice('handle '.length)) : NONE
}

/** Position of a stack of that name among keys; -1 when it is not there, or none is asked for. */
export function placeOfStack(trace: Trace, keys: readonly number[], name: string | undefined): number {
  if (name === undefined || name === '') return -1
  const { nameOf } = ownerStacksOf(trace)
  return keys.findIndex((key) => nameOf(key) === name)
}
