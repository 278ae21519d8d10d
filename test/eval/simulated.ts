import { judgeSimulation } from '../support/judge-simulation.ts'
import { type SimulationOptions } from '../support/simulate-trace.ts'
import { calibrationLines, calibrationOf } from './summary.ts'
import { type JudgedAnswer } from './score.ts'

/** Pages, holders and comings and goings of every simulated trace. */
export const SIMULATED_WORLD = { pages: 24, holders: 3, noise: 5, reuse: 0.3, cache: 0.3, huge: 0.1 }

/** What is done to simulated traces. */
export const SIMULATED_DAMAGES: readonly (readonly [name: string, damage: Omit<SimulationOptions, 'seed'>])[] = [
  ['whole', {}],
  ['counts that race', { races: 0.1, reorderUs: 3 }],
  ['stretches lost, with a marker', { lostWindows: 6 }],
  ['10 % of events lost', { dropEvents: 0.1 }],
  ['30 % of events lost', { dropEvents: 0.3 }],
  ['half of the stacks lost', { dropStacks: 0.5 }],
  ['begins after the get', { startsLate: true }],
  ['everything at once', { races: 0.05, reorderUs: 3, dropEvents: 0.1, dropStacks: 0.2, lostWindows: 2 }],
]

/** First answers to all pages of `runs` simulated traces of one kind; seeds count up from 1. */
export function simulatedAnswers(damage: Omit<SimulationOptions, 'seed'>, runs: number): readonly JudgedAnswer[] {
  return Array.from({ length: runs }, (_, at) =>
    judgeSimulation({ ...SIMULATED_WORLD, ...damage, seed: at + 1 }),
  ).flatMap((verdict) => verdict.judged)
}

/** Calibration on `runs` simulated traces of each kind, as lines to print. */
export function simulatedLines(runs: number): readonly string[] {
  const kinds = SIMULATED_DAMAGES.map(([name, damage]) => ({ name, answers: simulatedAnswers(damage, runs) }))
  const all = kinds.flatMap(({ answers }) => answers)
  return [
    ...kinds.map(({ name, answers }) => {
      const { brier, error } = calibrationOf(answers)
      const right = answers.filter(({ isRight }) => isRight).length
      return `${name.padEnd(32)} right ${right}/${answers.length}  Brier ${brier.toFixed(3)}  error ${error.toFixed(3)}`
    }),
    `${runs * SIMULATED_DAMAGES.length} traces`,
    ...calibrationLines(calibrationOf(all)),
  ]
}
