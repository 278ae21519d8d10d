import { judgeSimulation } from '../support/judge-simulation.ts'
import { type SimulationOptions } from '../support/simulate-trace.ts'
import { FIRST_SEED, FIT_DAMAGES, FIT_WORLDS, UNSEEN_DAMAGES, UNSEEN_WORLDS } from './simulated-worlds.ts'
import { type Calibration, calibrationLines, calibrationOf } from '../../src/cli/eval/summary.ts'
import { CONFIDENT, type JudgedAnswer } from '../../src/cli/eval/score.ts'

const WORLDS = [...FIT_WORLDS, ...UNSEEN_WORLDS]
const DAMAGES = [...FIT_DAMAGES, ...UNSEEN_DAMAGES]

/** First answers to all pages of simulated traces; seeds count up from `firstSeed`. */
export function simulatedAnswers(
  settings: Omit<SimulationOptions, 'seed'>,
  runs: number,
  firstSeed: number = FIRST_SEED.judge,
): readonly JudgedAnswer[] {
  return Array.from({ length: runs }, (_, at) => judgeSimulation({ ...settings, seed: firstSeed + at })).flatMap(
    ({ judged }) => judged,
  )
}

/** Calibration on `runs` simulated traces of each machine with each kind of damage, as lines to print. */
export function simulatedLines(runs: number): readonly string[] {
  const cells = DAMAGES.flatMap(([damage, lost]) =>
    WORLDS.map(([world, settings]) => ({ damage, world, answers: simulatedAnswers({ ...settings, ...lost }, runs) })),
  )
  const isUnseen = (cell: (typeof cells)[number]): boolean =>
    UNSEEN_DAMAGES.some(([name]) => name === cell.damage) || UNSEEN_WORLDS.some(([name]) => name === cell.world)
  const answersIn = (isIn: (cell: (typeof cells)[number]) => boolean): readonly JudgedAnswer[] =>
    cells.filter(isIn).flatMap(({ answers }) => answers)
  const all = answersIn(() => true)
  return [
    ...DAMAGES.map(([name]) =>
      line(
        name,
        answersIn(({ damage }) => damage === name),
      ),
    ),
    '',
    ...WORLDS.map(([name]) =>
      line(
        name,
        answersIn(({ world }) => world === name),
      ),
    ),
    '',
    line('not fitted to', answersIn(isUnseen)),
    line(`${runs * cells.length} traces`, all),
    ...calibrationLines(calibrationOf(all)),
  ]
}

function line(name: string, answers: readonly JudgedAnswer[]): string {
  const { brier, error }: Calibration = calibrationOf(answers)
  const right = answers.filter(({ isRight }) => isRight).length
  const sure = answers.filter(({ confidence }) => confidence >= CONFIDENT)
  const wrong = sure.filter(({ isRight }) => !isRight).length
  return (
    `${name.padEnd(38)} right ${`${right}/${answers.length}`.padStart(11)}  Brier ${brier.toFixed(3)}  ` +
    `error ${error.toFixed(3)}  confident ${String(sure.length).padStart(5)}, wrong ${wrong}`
  )
}
