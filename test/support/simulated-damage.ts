import { damageText } from '../../src/cli/eval/damage-text.ts'
import { tracedText } from './tell.ts'

/** When the first attempt of a simulated trace begins, us. */
export const SCAN_AT = 2_000_000
/** When it fails, us. */
export const FAIL_AT = 2_100_000
/** Between these, us, a paused trace has nothing: from soon after the failure to just before the end. */
const PAUSED_FROM = FAIL_AT + 10_000
const PAUSED_TO = 5_900_000

/** What a trace lacks of what happened, and what it tells in the wrong order. Fractions are 0 … 1. */
export interface SimulatedDamage {
  /** Events of different CPUs may be printed in the wrong order by this much, us. */
  readonly reorderUs?: number
  /** Fraction of page_ref events that vanish in silence, with their stacks. */
  readonly dropEvents?: number
  readonly dropStacks?: number
  /** Windows of 50 ms in which a CPU's events were lost, with the kernel's marker. */
  readonly lostWindows?: number
  /** The trace begins after the holders took their references. */
  readonly startsLate?: boolean
  /** Only the page that the kernel named was traced. */
  readonly onlyNamed?: boolean
  /** Tracing was off for seconds after the failure, as while state is dumped. */
  readonly isPaused?: boolean
}

/** A line of a simulated trace, in the words of `tell`. */
export interface SimulatedLine {
  readonly timeUs: number
  readonly cpu: number
  readonly text: string
}

/** Ftrace text of the lines, damaged in the order in which it happens: never traced, lost in the ring buffer, printed out of order, lost from the file. */
export function damagedLines(
  lines: readonly SimulatedLine[],
  damage: SimulatedDamage,
  namedPfn: number | undefined,
  random: () => number,
): string {
  const { reorderUs = 0, dropEvents = 0, dropStacks = 0, startsLate = false, isPaused = false } = damage
  const traced = isPaused ? lines.filter(({ timeUs }) => timeUs < PAUSED_FROM || timeUs >= PAUSED_TO) : lines
  const kept = withLostWindows(traced, damage.lostWindows ?? 0, random)
  const printed = kept
    .map((line) => ({ line, order: line.timeUs + (line.cpu === 0 ? 0 : Math.floor(random() * reorderUs)) }))
    .toSorted((a, b) => a.order - b.order)
  const text = tracedText(printed.map(({ line }) => line.text).join('\n'))
  const cut = startsLate ? { cutUntil: (SCAN_AT - 5_000) / 1e6 } : {}
  const only = damage.onlyNamed === true && namedPfn !== undefined ? { onlyPfns: [namedPfn] } : {}
  return damageText(text, { dropEvents, dropStacks, ...cut, ...only }, random)
}

function withLostWindows(
  lines: readonly SimulatedLine[],
  windows: number,
  random: () => number,
): readonly SimulatedLine[] {
  let kept = lines
  for (let window = 0; window < windows; window++) {
    const cpu = Math.floor(random() * 2)
    const from = 1_000_000 + Math.floor(random() * 2_000_000)
    const isLost = (line: SimulatedLine): boolean =>
      line.cpu === cpu && line.timeUs >= from && line.timeUs < from + 50_000 && line.text.includes('pfn=')
    const lost = kept.filter(isLost).length
    const next = kept.findIndex((line) => line.cpu === cpu && line.timeUs >= from + 50_000)
    if (lost === 0 || next < 0) continue
    const marker = { timeUs: kept[next].timeUs, cpu, text: `CPU:${cpu} [LOST ${lost} EVENTS]` }
    kept = kept.toSpliced(next, 0, marker).filter((line) => !isLost(line))
  }
  return kept
}
