import { Growable } from '../base/growable.ts'
import { formatPfnRange } from '../base/pfn.ts'
import { type FileHash, knownSha256 } from './file-hash.ts'
import { type PfnWindow } from './kernel-note.ts'
import { type MachineFacts } from './machine-facts.ts'
import { type PfnRunTableBuilder } from './pfn-run-table.ts'
import { type ArrayPlace, type SourceFile } from './source-file.ts'

/** What the values of an array are: names of flags (`StringId`), numbers of mappings, inodes of memory cgroups. */
export type PageArrayKind = ArrayPlace['kind']

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

/** First PFNs of arrays as a person told them. */
export interface GivenStarts {
  /** By SHA-256 of the file, which stays its own whatever other files are called. */
  readonly byHash: ReadonlyMap<string, number>
  /** Of all other files. */
  readonly others?: number
}

/** What tells where an array begins. */
interface ArrayClues {
  readonly windows: readonly PfnWindow[]
  readonly machine: MachineFacts
  readonly given: GivenStarts
}

/** Pages of the largest memory section there is (SECTION_SIZE_BITS 30, arm64 up to 5.11): an array may end at its end. */
const LARGEST_SECTION = 0x4_0000

const UNPLACED =
  'the PFN of its first value is not known, so it says nothing of any page: tell it, or add a note file of one line, ' +
  '"start_pfn=0x… end_pfn=0x…", that covers as many pages as it has values'

/** What is said of an array behind its range. */
const BASIS_WORDS: Readonly<Record<Exclude<ArrayPlace['basis'], 'none'>, string>> = {
  note: '',
  given: ', as you told it',
  memory: ', as long as the memory of the machine',
  hole: ': its first page is no memory, so it is taken for PFN 0',
}

/**
 * Puts arrays at their PFNs: by a note of a window of their size, else where a person says, else from 0 on when the
 * array is as long as the machine's memory. What was taken for granted, or is missing, is added to the notices of the
 * file.
 */
export function placeArrays(
  arrays: readonly PageArray[],
  clues: ArrayClues,
  tables: ArrayTables,
  files: readonly SourceFile[],
): readonly SourceFile[] {
  if (arrays.length === 0) return files
  const wholes = new Map(arrays.flatMap((array) => wholeOf(array, clues.machine)))
  const placed = new Map<SourceFile, SourceFile>()
  for (const array of arrays) {
    const file = files.find(({ firstLine, ledger }) => firstLine === array.firstLine && ledger.total > 0)
    const place = placeOf(array, file?.hash, clues, wholes)
    if (place.startPfn !== undefined) array.pushInto(tableOf(array.kind, tables), place.startPfn)
    if (file !== undefined) placed.set(file, { ...file, array: place, notices: [...file.notices, noticeOf(place)] })
  }
  return files.map((file) => placed.get(file) ?? file)
}

function placeOf(
  array: PageArray,
  hash: FileHash | undefined,
  { windows, given }: ArrayClues,
  wholes: ReadonlyMap<number, 'memory' | 'hole'>,
): ArrayPlace {
  const { kind, length: values } = array
  const fitting = windows.filter((window) => window.endPfn - window.startPfn === values)
  const starts = [...new Set(fitting.map((window) => window.startPfn))]
  if (starts.length === 1) return { kind, values, startPfn: starts[0], basis: 'note' }
  const told = given.byHash.get((hash && knownSha256(hash)) ?? '') ?? given.others
  if (told !== undefined) return { kind, values, startPfn: told, basis: 'given' }
  const whole = starts.length === 0 ? wholes.get(values) : undefined
  return whole === undefined ? { kind, values, basis: 'none' } : { kind, values, startPfn: 0, basis: whole }
}

function noticeOf({ values, startPfn, basis }: ArrayPlace): string {
  if (startPfn === undefined || basis === 'none') return UNPLACED
  return `one value for each page of ${formatPfnRange(startPfn, startPfn + values)}${BASIS_WORDS[basis]}`
}

/** Length of an array of the whole machine: it ends where memory does, or its page 0 is none of anybody's. */
function wholeOf(array: PageArray, machine: MachineFacts): readonly (readonly [number, 'memory' | 'hole'])[] {
  const ends = [...machine.zones, ...machine.ram].map((range) => range.endPfn)
  if (ends.length === 0) return array.beginsOutsideMemory ? [[array.length, 'hole']] : []
  const end = ends.reduce((most, one) => Math.max(most, one), 0)
  return array.length >= end && array.length - end < LARGEST_SECTION ? [[array.length, 'memory']] : []
}

function tableOf(kind: PageArrayKind, tables: ArrayTables): PfnRunTableBuilder {
  if (kind === 'flags') return tables.pageStates
  return kind === 'count' ? tables.mapcounts : tables.cgroups
}
