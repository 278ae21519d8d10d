import { type LineId } from './ids.ts'

/** A range of a CMA area, as debugfs tells it (mm/cma_debug.c); end exclusive. */
export interface CmaArea {
  readonly name: string
  /** The name is what debugfs left of a longer one, perhaps. */
  readonly isNameCut: boolean
  readonly startPfn: number
  readonly endPfn: number
  /** Where the size is from. Of an area of several ranges only bitmaps tell it, rounded up to words of 32 bits. */
  readonly sizeBasis: 'count' | 'bitmap'
  /** Pages of all its ranges that are allocated, and of the longest free run; absent when not told. */
  readonly used?: number
  readonly maxChunk?: number
  /** Allocated PFNs, ascending; absent without the bitmap. */
  readonly allocated?: readonly { readonly startPfn: number; readonly endPfn: number }[]
  /** Line of `base_pfn`. */
  readonly line: LineId
}

/** One file of an area: its number, or the words of its bitmap. */
export interface CmaFact {
  readonly area: string
  readonly isCut: boolean
  readonly range: number
  readonly field: 'base_pfn' | 'count' | 'order_per_bit' | 'used' | 'maxchunk' | 'bitmap'
  readonly numbers: readonly number[]
  readonly line: LineId
}

/** The areas that the facts make; one without `base_pfn`, or without a size, is none. */
export function cmaAreasOf(facts: readonly CmaFact[]): readonly CmaArea[] {
  return facts
    .filter((fact, at) => fact.field === 'base_pfn' && facts.findIndex((other) => isSame(fact, other)) === at)
    .flatMap((base) => areaOf(base, facts) ?? [])
}

/** Range 0 is told twice where there are several: old names link to it. */
function isSame(one: CmaFact, other: CmaFact): boolean {
  return one.area === other.area && one.range === other.range && one.field === other.field
}

function areaOf(base: CmaFact, facts: readonly CmaFact[]): CmaArea | undefined {
  const own = facts.filter((fact) => fact.area === base.area)
  const told = (field: CmaFact['field']): number | undefined => own.find((fact) => fact.field === field)?.numbers[0]
  const words = own.find((fact) => fact.field === 'bitmap' && fact.range === base.range)?.numbers
  const bitPages = 2 ** (told('order_per_bit') ?? 0)
  const isOnly = own.every((fact) => fact.range === 0)
  const count = isOnly ? told('count') : undefined
  const pages = count ?? (words === undefined ? undefined : words.length * 32 * bitPages)
  const [startPfn] = base.numbers
  if (pages === undefined || pages === 0) return undefined
  const used = told('used')
  const maxChunk = told('maxchunk')
  return {
    name: base.area,
    isNameCut: base.isCut,
    startPfn,
    endPfn: startPfn + pages,
    sizeBasis: count === undefined ? 'bitmap' : 'count',
    ...(used === undefined ? {} : { used }),
    ...(maxChunk === undefined ? {} : { maxChunk }),
    ...(words === undefined ? {} : { allocated: allocatedOf(words, startPfn, bitPages) }),
    line: base.line,
  }
}

/** Bit i of word w is the pages `(w * 32 + i) << order_per_bit` from the base on; 1 is allocated. */
function allocatedOf(words: readonly number[], base: number, bitPages: number): CmaArea['allocated'] {
  const runs: { startPfn: number; endPfn: number }[] = []
  for (let bit = 0; bit < words.length * 32; bit++) {
    if (((words[bit >>> 5] >>> (bit & 31)) & 1) === 0) continue
    const startPfn = base + bit * bitPages
    const last = runs.at(-1)
    if (last?.endPfn === startPfn) last.endPfn += bitPages
    else runs.push({ startPfn, endPfn: startPfn + bitPages })
  }
  return runs
}

/** True when an area that debugfs calls `area.name` may be the one that the kernel calls `name`. */
export function isNamed(area: CmaArea, name: string): boolean {
  return area.name === name.trim() || (area.isNameCut && name.startsWith(area.name))
}
