import { type FrameName, type FrameTable, type FrameTableBuilder } from './frame-table.ts'
import { addressOfHex } from './kernel-address.ts'
import { type MachineFacts } from './machine-facts.ts'
import { type SourceFile } from './source-file.ts'
import { findSymbol, type SymbolTable, type SymbolTableBuilder } from './symbol-table.ts'

/**
 * Names the frames that files print as bare addresses, by the best symbol table of the capture, whatever the order of
 * the files; what the tables were good for is added to the notices of their files.
 */
export function nameFrames(
  frames: FrameTableBuilder,
  builders: readonly SymbolTableBuilder[],
  machine: MachineFacts,
  files: readonly SourceFile[],
): { readonly frames: FrameTable; readonly files: readonly SourceFile[] } {
  if (builders.length === 0) return { frames: frames.build(), files }
  const addresses = [...frames.texts()].flatMap((text) => printedAddressOf(text) ?? [])
  const isFixed = machine.texts.some((fact) => fact.kind === 'cmdline' && /(^|\s)nokaslr(\s|$)/.test(fact.text))
  const fits = builders.map((builder) => {
    const table = builder.build()
    return { builder, table, ...fitSymbols(table, builder.isAsLinked && !isFixed, addresses) }
  })
  const best =
    fits.find((fit) => fit.slide !== undefined && !fit.builder.isAsLinked) ??
    fits.find((fit) => fit.slide !== undefined)
  const nameOf = best?.slide === undefined ? undefined : namer(best.table, best.slide)
  return { frames: frames.build(nameOf), files: files.map((file) => withNotices(file, fits)) }
}

function namer(table: SymbolTable, slide: number): (text: string) => FrameName | undefined {
  return (text) => {
    const at = printedAddressOf(text)
    if (at === undefined || at.symbol !== '') return undefined
    const found = findSymbol(table, at.address - slide)
    return found && { symbol: found.name, module: found.module }
  }
}

function withNotices(
  file: SourceFile,
  fits: readonly { readonly builder: SymbolTableBuilder; readonly notice: string }[],
): SourceFile {
  const notices = fits.flatMap((fit) =>
    fit.notice !== '' && fit.builder.firstLine === file.firstLine && file.ledger.total > 0 ? [fit.notice] : [],
  )
  return notices.length === 0 ? file : { ...file, notices: [...file.notices, ...notices] }
}

/** What a printed frame says of an address: alone, or beside the name that the printer found for it. */
export interface PrintedAddress {
  readonly address: number
  /** Function printed with the address; empty for a bare address. */
  readonly symbol: string
  /** `+0x1a` behind the function, or -1 when none is printed. */
  readonly offset: number
}

/** What a symbol table is good for in this capture. */
export interface SymbolFit {
  /** To be subtracted from an address before it is looked up; undefined when the table cannot be used. */
  readonly slide: number | undefined
  /** Why not, or what was done, in words; empty when there is nothing to say. */
  readonly notice: string
}

const BARE = /^(?:\[<)?(?:0x)?([0-9a-f]{8,16})(?:>\])?(?:\s+\[[^\]]+\].*)?$/
const NAMED = [
  /^(?:\?\s+)?([^\s+<([]+)(?:\+0x([0-9a-f]+)(?:\/0x[0-9a-f]+)?)?(?:\s+\[[^\]]+\])?\s+[<(]([0-9a-f]{8,16})[>)]$/,
]
/** perf script and printk of old put the address first. */
const ADDRESS_FIRST = /^(?:\[<)?([0-9a-f]{8,16})(?:>\])?\s+(?:\?\s+)?([^\s+<([]+)(?:\+0x([0-9a-f]+))?/

/** The address in a printed frame; undefined when it has none. */
export function printedAddressOf(text: string): PrintedAddress | undefined {
  const bare = BARE.exec(text)
  if (bare !== null) return printed(bare[1], '', undefined)
  for (const pattern of NAMED) {
    const named = pattern.exec(text)
    if (named !== null) return printed(named[3], named[1], named[2])
  }
  const first = ADDRESS_FIRST.exec(text)
  return first === null ? undefined : printed(first[1], first[2], first[3])
}

function printed(digits: string, symbol: string, offset: string | undefined): PrintedAddress | undefined {
  const address = addressOfHex(digits)
  if (Number.isNaN(address)) return undefined
  return { address, symbol, offset: offset === undefined ? -1 : Number.parseInt(offset, 16) }
}

/** KASLR moves the image by whole 2 MiB (CONFIG_PHYSICAL_ALIGN on x86, MIN_KIMG_ALIGN on arm64). */
const SLIDE_STEP = 0x20_0000

const MOVED =
  'addresses as linked (System.map): where KASLR put the kernel is not known, so bare addresses stay unnamed; ' +
  'a kallsyms file, or one frame printed with name and address, would tell'

/**
 * How addresses in the capture's frames relate to a symbol table: its own frames printed with name and address are the
 * witnesses. Without one, a table of the running kernel is believed and one that may be as linked is not.
 */
export function fitSymbols(table: SymbolTable, isAsLinked: boolean, witnesses: readonly PrintedAddress[]): SymbolFit {
  if (table.length === 0) return { slide: undefined, notice: '' }
  const heard = witnesses.filter((witness) => witness.symbol !== '').slice(0, 64)
  const slides = new Map<number, number>()
  for (const witness of heard) {
    const slide = slideOf(table, witness)
    if (slide !== undefined) slides.set(slide, (slides.get(slide) ?? 0) + 1)
  }
  const [best] = [...slides].sort((a, b) => b[1] - a[1])
  if (best === undefined) return isAsLinked ? { slide: undefined, notice: MOVED } : { slide: 0, notice: '' }
  if (best[0] === 0) return { slide: 0, notice: '' }
  if (!isAsLinked) return { slide: undefined, notice: OTHER_BOOT }
  return {
    slide: best[0],
    notice: `addresses as linked: frames of this capture tell that they are moved by ${hex(best[0])}`,
  }
}

const OTHER_BOOT =
  'its addresses contradict frames of this capture that are printed with name and address: the symbols are of another ' +
  'boot, so bare addresses stay unnamed'

function slideOf(table: SymbolTable, witness: PrintedAddress): number | undefined {
  const row = table.findName(witness.symbol)
  if (row < 0) return undefined
  const distance = witness.address - table.address[row]
  const slide = witness.offset < 0 ? Math.floor(distance / SLIDE_STEP) * SLIDE_STEP : distance - witness.offset
  if (slide % SLIDE_STEP !== 0) return undefined
  return findSymbol(table, witness.address - slide)?.name === witness.symbol ? slide : undefined
}

function hex(slide: number): string {
  return slide < 0 ? `-0x${(-slide).toString(16)}` : `0x${slide.toString(16)}`
}
