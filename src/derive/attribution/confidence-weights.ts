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
  base: 4.51,
  weights: {
    named: 1.05,
    atScan: 0.19,
    proven: 0,
    booksBalance: 0.25,
    siblings: 2.5,
    ownPut: 1.25,
    notOpen: -2,
    getUnseen: -0.82,
    untracedGet: -1.23,
    untracedPut: -5.01,
    loss: -0.5,
    lossInside: -0.15,
    countBelow: -2,
    laterBelow: -1.12,
    short: -2.54,
    over: -0.52,
    fell: -1.16,
    rose: -0.35,
    moved: -3.08,
    unscanned: -0.83,
    nothingSince: -2.52,
    foreignPut: -0.3,
    foreignPutInGaps: -1.92,
    unlikeLength: -1.62,
    missing: -1.01,
    habitInGaps: -1.45,
    habitInLoss: -0.25,
    habitWithoutStacks: -0.65,
    stacks: -0.35,
    nameless: -0.8,
    sibling: -0.15,
    unknownClass: -0.7,
    expected: -2,
    batch: -2.69,
    passing: -0.25,
    alternatives: -1.56,
    byPut: -0.5,
    mappingPut: -0.5,
    unmappingUnseen: -1.48,
    notLastPut: -0.5,
    suspected: -3.99,
  },
  sureFrom: 0.95,
}
