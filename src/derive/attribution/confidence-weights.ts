import { type ReasonId } from './reasons.ts'

/** A fitted model of confidence: see calibration.ts. */
export interface ConfidenceModel {
  /** Log odds of an answer that no reason speaks for or against. */
  readonly base: number
  /** What each reason adds to the log odds, times its value. */
  readonly weights: Readonly<Record<ReasonId, number>>
  /** Least probability that is called sure. */
  readonly sureFrom: number
}

/** Written by `node src/cli/run-ts.mjs test/eval/fit-calibration.ts --write`; not by hand. */
export const CONFIDENCE_MODEL: ConfidenceModel = {
  base: 3.47,
  weights: {
    named: 1.19,
    atScan: 0.55,
    proven: 0,
    booksBalance: 0.36,
    siblings: 2.5,
    ownPut: 1.25,
    notOpen: -3.61,
    getUnseen: -0.6,
    untracedGet: -1.13,
    untracedPut: -4.02,
    loss: -0.5,
    lossInside: -0.15,
    countBelow: -1.32,
    laterBelow: -1.42,
    short: -2.26,
    over: -0.5,
    fell: -1.23,
    rose: -0.35,
    moved: -3.08,
    unscanned: -0.52,
    nothingSince: -2.46,
    foreignPut: -0.91,
    foreignPutInGaps: -2.52,
    missing: -0.64,
    habitInGaps: -1.87,
    habitInLoss: -0.34,
    habitWithoutStacks: -1.76,
    stacks: -0.35,
    nameless: -0.91,
    sibling: -0.15,
    unknownClass: -0.76,
    expected: -2,
    batch: -2.84,
    passing: -0.25,
    alternatives: -1.69,
    byPut: -0.51,
    mappingPut: -0.98,
    notLastPut: -1.58,
    suspected: -3.5,
  },
  sureFrom: 0.97,
}
