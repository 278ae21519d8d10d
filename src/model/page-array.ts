import { Growable } from '../base/growable.ts'
import { formatPfnRange } from '../base/pfn.ts'
import { type PfnWindow } from './kernel-note.ts'
import { type MachineFacts } from './machine-facts.ts'
import { type PfnRunTableBuilder } from './pfn-run-table.ts'
import { type SourceFile } from './source-file.ts'

/** What the values of an array are: names of flags (`StringId`), numbers of mappings, inodes of memory cgroups. */
export type PageArrayKind = 'flags' | 'count' | 'cgroup'

/** Values of consecutive pages from a PFN that the file itself does not tell (/proc/kpageflags and its like). */
export class PageArray {
  readonly kind: PageArrayKind
  /** `LineId` of its first value. */
  readonly firstLine: number
  /** Values so far. */
  length = 0
  /** The first value says that its page is no memory: so it is on every machine's PFN 0, if the flags are raw. */
  beginsOutsideMemory = false
  readonly #at = new Growable(Float64Array, 64)
  readonly #value = new Growable(Float64Array, 64)

  constructor(kind: PageArrayKind, firstLine: number) {
    this.kind = kind
    this.firstLine = firstLine
  }

  push(value: number): void {
    const last = this.#at.length - 1
    if (last < 0 || this.#value.values[last] !== value) {
      this.#at.push(this.length)
      this.#value.push(value)
    }
    this.length++
  }

  /** Hands its runs over, the first value being that of `startPfn`. Each value has a line of its own. */
  pushInto(table: PfnRunTableBuilder, startPfn: number): void {
    table.beginSegment()
    for (let run = 0; run < this.#at.length; run++) {
      const from = this.#at.values[run]
      const to = run + 1 < this.#at.length ? this.#at.values[run + 1] : this.length
      table.push(startPfn + from, startPfn + to, this.#value.values[run], this.firstLine + from, 1)
    }
  }
}

/** Where arrays go. */
interface ArrayTables {
  readonly pageStates: PfnRunTableBuilder
  readonly mapcounts: PfnRunTableBuilder
  readonly cgroups: PfnRunTableBuilder
}

/** What tells where an array begins. */
interface ArrayClues {
  readonly windows: readonly PfnWindow[]
  readonly machine: MachineFacts
}

/** Pages of the largest memory section there is (SECTION_SIZE_BITS 30, arm64 up to 5.11): an array may end at its end. */
const LARGEST_SECTION = 0x4_0000

const UNPLACED =
  'the PFN of its first value is not known: add a note file of one line, "start_pfn=0x… end_pfn=0x…", that covers as ' +
  'many pages as it has values'

/**
 * Puts arrays at their PFNs: by a note of a window of their size, else from 0 on when the array is as long as the
 * machine's memory. What was taken for granted, or is missing, is added to the notices of the file.
 */
export function placeArrays(
  arrays: readonly PageArray[],
  clues: ArrayClues,
  tables: ArrayTables,
  files: readonly SourceFile[],
): readonly SourceFile[] {
  if (arrays.length === 0) return files
  const wholeLengths = new Set(arrays.filter((array) => isWhole(array, clues.machine)).map((array) => array.length))
  const notices = new Map<number, string>()
  for (const array of arrays) {
    const start = startOf(array, clues, wholeLengths)
    if (start !== undefined) array.pushInto(tableOf(array.kind, tables), start)
    const range = start === undefined ? '' : formatPfnRange(start, start + array.length)
    notices.set(array.firstLine, start === undefined ? UNPLACED : `one value for each page of ${range}`)
  }
  return files.map((file) => {
    const notice = file.ledger.total === 0 ? undefined : notices.get(file.firstLine)
    return notice === undefined ? file : { ...file, notices: [...file.notices, notice] }
  })
}

function startOf(array: PageArray, { windows }: ArrayClues, wholeLengths: ReadonlySet<number>): number | undefined {
  const fitting = windows.filter((window) => window.endPfn - window.startPfn === array.length)
  const starts = new Set(fitting.map((window) => window.startPfn))
  if (starts.size === 1) return fitting[0].startPfn
  return starts.size === 0 && wholeLengths.has(array.length) ? 0 : undefined
}

/** A file of the whole machine ends where memory does, and its page 0 is none of anybody's. */
function isWhole(array: PageArray, machine: MachineFacts): boolean {
  const ends = [...machine.zones, ...machine.ram].map((range) => range.endPfn)
  if (ends.length === 0) return array.beginsOutsideMemory
  const end = ends.reduce((most, one) => Math.max(most, one), 0)
  return array.length >= end && array.length - end < LARGEST_SECTION
}

function tableOf(kind: PageArrayKind, tables: ArrayTables): PfnRunTableBuilder {
  if (kind === 'flags') return tables.pageStates
  return kind === 'count' ? tables.mapcounts : tables.cgroups
}
