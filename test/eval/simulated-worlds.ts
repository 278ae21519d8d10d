import { type SimulationOptions } from '../support/simulate-trace.ts'

type Settings = Omit<SimulationOptions, 'seed'>
type Named = readonly (readonly [name: string, settings: Settings])[]

/**
 * First seeds of each use: no seed is used for two. The fit learns from `fit`; `--simulated` judges by `judge`, the tests by
 * `test`. Each use counts up from its own, and none runs more than 10 000.
 */
export const FIRST_SEED = { judge: 1, test: 20_001, fit: 40_001 } as const

const BUSY = { pages: 24, holders: 3, noise: 5, reuse: 0.3, cache: 0.3, huge: 0.1 }

/** Machines: what goes on in them. The fit knows these. */
export const FIT_WORLDS: Named = [
  ['busy', BUSY],
  ['buffers', { pages: 32, holders: 3, buffer: 4, own: 0.7, noise: 2, reuse: 0.1, cache: 0.1 }],
  ['copies and lookalikes', { ...BUSY, noise: 3, own: 0.5, lookalikes: 0.5, handovers: 0.4 }],
  ['exits and retries', { ...BUSY, noise: 3, exits: 0.5, tries: 3, own: 0.3 }],
  ['pages that stay', { ...BUSY, noise: 3, later: 3, unscanned: 0.5, own: 0.3 }],
  ['offlining', { ...BUSY, noise: 3, remaps: 3, tries: 2, own: 0.5 }],
]

/** Machines that the fit never saw. */
export const UNSEEN_WORLDS: Named = [
  [
    'crowded',
    { pages: 40, holders: 6, noise: 9, reuse: 0.5, cache: 0.5, own: 0.2, lookalikes: 0.2, later: 2, unscanned: 0.2 },
  ],
  ['quiet, a large buffer', { pages: 48, holders: 2, buffer: 12, own: 1, noise: 1, huge: 0.2, later: 1 }],
  ['glances before the failure', { ...BUSY, noise: 2, meanwhile: 3 }],
  ['everything', { ...BUSY, buffer: 2, own: 0.5, lookalikes: 0.3, handovers: 0.2, exits: 0.2, remaps: 1, tries: 2 }],
]

/** What is done to traces. The fit knows these. */
export const FIT_DAMAGES: Named = [
  ['whole', {}],
  ['counts that race', { races: 0.1, reorderUs: 3 }],
  ['stretches lost, with a marker', { lostWindows: 6 }],
  ['10 % of events lost', { dropEvents: 0.1 }],
  ['30 % of events lost', { dropEvents: 0.3 }],
  ['half of the stacks lost', { dropStacks: 0.5 }],
  ['begins after the get', { startsLate: true }],
  ['everything at once', { races: 0.05, reorderUs: 3, dropEvents: 0.1, dropStacks: 0.2, lostWindows: 2 }],
]

/** Damage that the fit never saw. */
export const UNSEEN_DAMAGES: Named = [
  ['3 % of events lost', { dropEvents: 0.03 }],
  ['20 % of events lost', { dropEvents: 0.2 }],
  ['all but a fifth of the stacks lost', { dropStacks: 0.8 }],
  ['15 stretches lost, counts that race', { lostWindows: 15, races: 0.2 }],
  ['only the named page, tracing paused', { onlyNamed: true, isPaused: true }],
  ['begins late, a tenth lost', { startsLate: true, dropEvents: 0.1 }],
]
