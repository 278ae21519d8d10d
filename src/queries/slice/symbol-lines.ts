import { addressOfHex } from '../../model/kernel-address.ts'
import { type SourceFile } from '../../model/source-file.ts'
import { printedAddressOf } from '../../model/symbol-fit.ts'
import { type Trace } from '../../model/trace.ts'
import { type ReadLinesOf } from '../raw-text.ts'

/** Lines of a symbol table that are read at once. */
const STEP = 20_000
/** As `findSymbol` has it: a symbol further before an address does not name it. */
const LONGEST_FUNCTION = 1 << 16
/** `ffffffffc0a1b2c3 t leaky_ioctl	[leaky]`. */
const SYMBOL = /^([0-9a-f]{16}|[0-9a-f]{8}) [tTwW] (\S+)/
const HEX = /^(?:0x)?[0-9a-f]{8,16}$/
const ADDRESS = /(?<![0-9a-z])(?:0x)?([0-9a-f]{16}|[0-9a-f]{8})(?![0-9a-z])/g

/** A bare address of a stack, with the name that the capture has for it; empty where none. */
export interface BareFrame {
  readonly address: number
  readonly name: string
}

/** Frames printed as bare addresses that stand in text, ascending by address. O(frames + text). */
export function bareFramesIn({ frames, strings }: Trace, text: string): readonly BareFrame[] {
  const inText = new Set([...text.matchAll(ADDRESS)].map(([, digits]) => addressOfHex(digits)))
  const found = new Map<number, BareFrame>()
  for (let frame = 0; frame < frames.length; frame++) {
    const printed = printedAddressOf(strings.text(frames.text[frame]))
    if (printed?.symbol !== '' || !inText.has(printed.address)) continue
    const symbol = strings.text(frames.symbol[frame])
    const name = HEX.test(symbol) ? '' : symbol // an address that nothing names stands for itself
    found.set(printed.address, { address: printed.address, name })
  }
  return [...found.values()].toSorted((one, other) => one.address - other.address)
}

/**
 * Numbers of the lines of a symbol table that give bare frames their names, and of those that end the text before frames
 * without one. None of a table that gives other names than the capture has: of another boot, or moved since it was linked.
 * O(symbols).
 */
export async function symbolLines(
  { index, ledger }: SourceFile,
  bare: readonly BareFrame[],
  readLinesOf: ReadLinesOf,
): Promise<readonly number[]> {
  if (!bare.some(({ name }) => name !== '')) return []
  const starts: Start[] = []
  for (let first = 1; first <= ledger.total; first += STEP) {
    const count = Math.min(STEP, ledger.total - first + 1)
    const wanted = Array.from({ length: count }, (_, at) => first + at)
    for (const [line, text] of await readLinesOf(index, wanted)) {
      const [, digits, name] = SYMBOL.exec(text) ?? []
      if (digits !== undefined) starts.push({ address: addressOfHex(digits), line, name })
    }
  }
  return naming(starts, bare)
}

interface Start {
  readonly address: number
  readonly line: number
  readonly name: string
}

function naming(starts: Start[], bare: readonly BareFrame[]): readonly number[] {
  starts.sort((one, other) => one.address - other.address || one.line - other.line)
  const lines = new Set<number>()
  let at = -1
  for (const { address, name } of bare) {
    while (at + 1 < starts.length && starts[at + 1].address <= address - 1) at++
    if (at < 0 || address - starts[at].address > LONGEST_FUNCTION) continue
    // Of several names at one address which one stands is the table's to say.
    const same: Start[] = []
    for (let row = at; row >= 0 && starts[row].address === starts[at].address; row--) same.push(starts[row])
    if (name !== '' && !same.some((one) => one.name === name)) return []
    for (const { line } of same) lines.add(line)
  }
  return [...lines].toSorted((one, other) => one - other)
}
