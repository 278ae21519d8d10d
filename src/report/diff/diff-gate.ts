import { type JudgedHolder, type NewHoldersAnswer } from '../../queries/compare/new-holders.ts'

/** What a gate fails on: new holders; those, and holders that do more than before; any that B has. */
export const FAIL_ON = ['new', 'grown', 'any'] as const
export type FailOn = (typeof FAIL_ON)[number]

/** What a gate is set to. */
export interface GateChoice {
  readonly failOn: FailOn
  /** Fails only on what chance alone hardly makes. */
  readonly onlyTold: boolean
  /** Functions, with or without their module, and stack hashes that are known. */
  readonly ignored: ReadonlySet<string>
}

/** A holder as the gate sees it. */
export interface GatedHolder extends JudgedHolder {
  readonly isIgnored: boolean
  readonly isFailing: boolean
}

/** What a gate says of two captures. */
export interface DiffFacts {
  readonly answer: NewHoldersAnswer
  readonly gate: GateChoice
  readonly grouping: 'holder' | 'stack'
  readonly thresholdNs: number
  /** Those that fail the gate first. */
  readonly holders: readonly GatedHolder[]
  readonly isFailing: boolean
}

/** Applies a gate to what is known of B's holders. */
export function applyGate(
  answer: NewHoldersAnswer,
  gate: GateChoice,
  asked: Pick<DiffFacts, 'grouping' | 'thresholdNs'>,
): DiffFacts {
  const holders = answer.holders.map((holder) => gated(holder, gate))
  const failing = holders.filter(({ isFailing }) => isFailing)
  const others = holders.filter(({ isFailing }) => !isFailing)
  return { answer, gate, ...asked, holders: [...failing, ...others], isFailing: failing.length > 0 }
}

function gated(holder: JudgedHolder, { failOn, onlyTold, ignored }: GateChoice): GatedHolder {
  const { names, change, tells, evidence } = holder
  const { stacks } = evidence
  // Of several stacks a known one does not excuse the others.
  const isIgnored =
    names.some((name) => ignored.has(name)) || (stacks.length > 0 && stacks.every((stack) => ignored.has(stack)))
  const changes: Readonly<Record<FailOn, readonly JudgedHolder['change'][]>> = {
    new: ['new'],
    grown: ['new', 'grown'],
    any: ['new', 'grown', 'known', 'not_watched'],
  }
  const isMeant = changes[failOn].includes(change) && (!onlyTold || tells === 'told')
  return { ...holder, isIgnored, isFailing: isMeant && !isIgnored }
}
