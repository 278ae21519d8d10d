/** One thing that speaks for or against an answer. */
export interface ReasonKind {
  /** Raises the confidence, or lowers it: a fit may not turn it round. */
  readonly speaks: 'for' | 'against'
  /** What it means, with what a value between 0 and 1 (or above) counts. */
  readonly words: string
}

/** Everything that a confidence is made of. Each is 0 where it does not apply; shares and counts say so. */
export const REASONS = {
  named: { speaks: 'for', words: 'the kernel itself named the page' },
  atScan: { speaks: 'for', words: 'open when the isolating task looked at the page, and the count bears it' },
  proven: { speaks: 'for', words: 'the count leaves no doubt that as many references were held over the attempt' },
  booksBalance: {
    speaks: 'for',
    words: 'the count at the failure is what migration expects and the open gets, no more and no less',
  },
  siblings: {
    speaks: 'for',
    words: 'share, up to three, of other pages that the same task holds by the same function then',
  },
  ownPut: { speaks: 'for', words: 'given back after the failure by the task that took it' },
  notOpen: { speaks: 'against', words: 'not open at the failure' },
  getUnseen: { speaks: 'against', words: 'its get is not in the trace' },
  untracedGet: { speaks: 'against', words: "its get is not in the trace, though the page's whole life is" },
  untracedPut: { speaks: 'against', words: 'put before the life of the page ended, when is not in the trace' },
  loss: {
    speaks: 'against',
    words: 'events were lost between its get and the end of the trace, so its put may have been',
  },
  lossInside: { speaks: 'against', words: 'events were lost between its get and its put' },
  countBelow: { speaks: 'against', words: 'the count at the failure is less than the traced operations make it' },
  laterBelow: { speaks: 'against', words: 'the count after the failure is less than the traced operations make it' },
  short: { speaks: 'against', words: 'the count at the failure has fewer references to spare than it took' },
  over: {
    speaks: 'against',
    words:
      'the count at the failure has more references to spare than all open gets took: somebody else holds the page',
  },
  fell: { speaks: 'against', words: 'falls of the count, two at most, by as much as it took, that no event shows' },
  rose: {
    speaks: 'against',
    words: 'rises of the count, two at most, that no event shows: somebody took the page unseen',
  },
  moved: { speaks: 'against', words: 'the page was unmapped to be moved before the failure, and not mapped back' },
  unscanned: { speaks: 'against', words: 'no isolating look at the page was traced' },
  nothingSince: {
    speaks: 'against',
    words: 'no event of the page between the get and the failure, as far as events are missing',
  },
  foreignPut: {
    speaks: 'against',
    words:
      'share of gets by this function that are given back in another way than this one: by the taker, or by another function',
  },
  foreignPutInGaps: {
    speaks: 'against',
    words: 'the same, as far as events are missing: the put may belong to a get that is not in the trace',
  },
  unlikeLength: {
    speaks: 'against',
    words:
      'power of ten of how often this function gives back at once what it takes, when this one was held for long, as far as events are missing',
  },
  missing: {
    speaks: 'against',
    words: 'share of changes of counts that no event shows, over the whole trace; one in four counts as all',
  },
  habitInGaps: {
    speaks: 'against',
    words:
      'share of gets by this function that are given back elsewhere, when this one is not, as far as events are missing in silence',
  },
  habitInLoss: { speaks: 'against', words: 'the same, when events were lost since' },
  habitWithoutStacks: {
    speaks: 'against',
    words: 'the same, as far as stacks are missing: a put without one may have been taken for that of another',
  },
  stacks: { speaks: 'against', words: 'share of events without a stack' },
  nameless: { speaks: 'against', words: 'its stack is not recorded' },
  sibling: { speaks: 'against', words: 'its stack is not recorded, that of another get just like it is' },
  unknownClass: { speaks: 'against', words: 'nothing tells what the reference is for' },
  expected: { speaks: 'against', words: 'migration reckons with references of this class' },
  batch: { speaks: 'against', words: 'a per-CPU batch of the LRU, drained before an attempt' },
  passing: { speaks: 'against', words: 'held for less than the threshold' },
  alternatives: { speaks: 'against', words: 'logarithm of how many holders the evidence does not separate' },
  byPut: { speaks: 'against', words: 'known by its put alone' },
  mappingPut: { speaks: 'against', words: "known by the put of a mapping's reference, which migration can undo" },
  unmappingUnseen: {
    speaks: 'against',
    words: "known by the put of a mapping's reference, and no look at the page shows that it was unmapped by then",
  },
  notLastPut: { speaks: 'against', words: 'known by a put that was not the last one of the page' },
  suspected: { speaks: 'against', words: 'the only task that mapped the page, and no event that shows it to hold it' },
} as const satisfies Readonly<Record<string, ReasonKind>>

export type ReasonId = keyof typeof REASONS

/** What speaks for and against one answer. A reason that is absent does not apply. */
export type Reasons = Readonly<Partial<Record<ReasonId, number>>>

/** Every reason, in the order above. */
export const REASON_IDS = Object.keys(REASONS) as readonly ReasonId[] // the keys of the table above
