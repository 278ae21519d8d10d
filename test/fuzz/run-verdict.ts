import { type Figures } from './engine/thread-messages.ts'
import { type FuzzOptions } from './fuzz-options.ts'
import { scaledCases } from './scaled/scaled-cases.ts'

/** What a run has to say of how much it tried. */
export interface RunVerdict {
  readonly lines: readonly string[]
  /** True where what was asked for was not tried: such a run fails, whatever it found. */
  readonly isTooLittle: boolean
}

/**
 * Whether a run tried what it was to try, by the figures of its threads, one after the other: with --ci so many inputs, all found cases
 * and all kinds that are doubled, with --kind each kind that was named. What time did not suffice for is told in every run.
 */
export function verdictOf(options: FuzzOptions, figures: readonly Figures[]): RunVerdict {
  const sum = (of: (one: Figures) => number): number => figures.reduce((total, one) => total + of(one), 0)
  const tried = sum((of) => of.tried)
  const doubled = sum((of) => of.scaled)
  const foundTried = sum((of) => of.foundTried)
  // Each thread counts all of them, and one that dies before it has told anything counts none.
  const found = Math.max(0, ...figures.map((of) => of.found))
  const kinds = options.scale > 0 ? scaledCases(options.kinds).length : 0
  const least = Math.min(options.least, options.inputs)
  const wants = [
    ...(tried < least ? [`at least ${least} inputs`] : []),
    ...(options.isCi && (found === 0 || foundTried < found) ? ['all found cases'] : []),
    ...((options.isCi || options.kinds !== undefined) && doubled < kinds ? ['all kinds'] : []),
  ]
  const lines = [
    ...(kinds === 0 ? [] : [`${doubled} of ${kinds} kinds doubled`]),
    ...(options.inputs === 0 ? [] : [`${foundTried} of ${found} found cases tried`]),
    ...(options.isCi ? [`${tried} of ${options.inputs} inputs tried`] : []),
    ...(options.isCi && tried < options.inputs ? ['time was over before all inputs were tried'] : []),
    ...(wants.length === 0 ? [] : [`that is too little to say anything: ${wants.join(' and ')} are to be tried`]),
  ]
  return { lines, isTooLittle: wants.length > 0 }
}
