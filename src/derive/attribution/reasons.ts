/** One thing that speaks for or against an answer. */
export interface ReasonKind {
  /** Raises the confidence, or lowers it: a fit may not turn it round. */
  readonly speaks: 'for' | 'against'
  /** Why, as a maintainer reads it behind `not surer because:`. */
  readonly words: string
  /** How its value is measured, between 0 and 1 or above; without it the value is 1 where the reason applies. */
  readonly measure?: string
}

/** Everything that a confidence is made of. Each is 0 where it does not apply. */
export const REASONS = {
  named: { speaks: 'for', words: 'the kernel itself named the page' },
  atScan: { speaks: 'for', words: 'it was held when the isolating task looked at the page, and the count bears it' },
  proven: { speaks: 'for', words: 'the count leaves no doubt that as many references were held over the attempt' },
  booksBalance: {
    speaks: 'for',
    words: 'the count at the failure is what migration expects and the open gets, no more and no less',
  },
  siblings: {
    speaks: 'for',
    words: 'the same task held other pages of the range by the same function',
    measure: 'share, up to three, of such pages',
  },
  ownPut: { speaks: 'for', words: 'it was given back after the failure by the task that took it' },
  notOpen: { speaks: 'against', words: 'it was not held at the failure' },
  getUnseen: { speaks: 'against', words: 'its get is not in the trace' },
  untracedGet: { speaks: 'against', words: "its get is not in the trace, though the page's whole life is" },
  untracedPut: {
    speaks: 'against',
    words: 'it was put before the life of the page ended, and when is not in the trace',
  },
  loss: {
    speaks: 'against',
    words: 'events were lost between its get and the end of the trace, so its put may have been',
  },
  lossInside: { speaks: 'against', words: 'events were lost between its get and its put' },
  countBelow: { speaks: 'against', words: 'the count at the failure is less than the traced gets and puts make it' },
  laterBelow: { speaks: 'against', words: 'the count after the failure is less than the traced gets and puts make it' },
  short: { speaks: 'against', words: 'the count at the failure has fewer references to spare than it took' },
  over: {
    speaks: 'against',
    words:
      'the count at the failure has more references to spare than all open gets took: somebody else holds the page',
  },
  fell: {
    speaks: 'against',
    words: 'the count fell by as much as it took, and no event shows the put',
    measure: 'number of such falls, two at most',
  },
  rose: {
    speaks: 'against',
    words: 'the count rose where no event shows a get: somebody took the page unseen',
    measure: 'number of such rises, two at most',
  },
  moved: { speaks: 'against', words: 'the page was unmapped to be moved before the failure, and not mapped back' },
  unscanned: { speaks: 'against', words: 'no isolating look at the page is in the trace' },
  nothingSince: {
    speaks: 'against',
    words: 'its get is the last event of the page before the failure, and events or stacks are missing',
    measure: 'how far they are missing',
  },
  foreignPut: {
    speaks: 'against',
    words:
      'other gets by this function are given back in another way than this one: by their taker, or by another function',
    measure: 'share of them',
  },
  foreignPutInGaps: {
    speaks: 'against',
    words: 'its put is unlike that of other gets by this function, and may answer a get that is not in the trace',
    measure: 'share of the others, by how far events or stacks are missing',
  },
  unlikeLength: {
    speaks: 'against',
    words: 'this function gives back at once what it takes elsewhere, and events or stacks are missing here',
    measure: 'power of ten of how often it does, by how far they are missing',
  },
  missing: {
    speaks: 'against',
    words: 'counts changed where no event shows it: events are missing from the trace',
    measure: 'share of such changes over the whole trace; one in four counts as all',
  },
  habitInGaps: {
    speaks: 'against',
    words:
      'other gets by this function are given back, and the put of this one may be among the events that are missing',
    measure: 'share of the others, by how much is missing that no marker tells',
  },
  habitInLoss: {
    speaks: 'against',
    words: 'other gets by this function are given back, and the put of this one may be among the events lost since',
    measure: 'share of the others',
  },
  habitWithoutStacks: {
    speaks: 'against',
    words: 'other gets by this function are given back, and a put without a stack may have been the one of this get',
    measure: 'share of the others, by how far stacks are missing',
  },
  stacks: {
    speaks: 'against',
    words: 'events of the trace have no stack',
    measure: 'share of them',
  },
  nameless: { speaks: 'against', words: 'its stack is not recorded' },
  sibling: { speaks: 'against', words: 'its own stack is not recorded, only that of a get just like it' },
  unknownClass: { speaks: 'against', words: 'nothing tells what the reference is for' },
  expected: { speaks: 'against', words: 'migration expects references of this kind' },
  batch: { speaks: 'against', words: 'it is a per-CPU batch of the LRU, which is drained before an attempt' },
  passing: { speaks: 'against', words: 'it was held for less than the threshold' },
  alternatives: {
    speaks: 'against',
    words: 'the evidence fits several holders, and does not tell which of them it was',
    measure: 'logarithm of how many',
  },
  byPut: { speaks: 'against', words: 'it is known by its put alone' },
  mappingPut: {
    speaks: 'against',
    words: "it is known by the put of a mapping's reference, and migration undoes mappings itself",
  },
  unmappingUnseen: {
    speaks: 'against',
    words:
      "it is known by the put of a mapping's reference, and no look at the page shows that it was unmapped by then",
  },
  notLastPut: { speaks: 'against', words: 'it is known by a put that was not the last one of the page' },
  suspected: {
    speaks: 'against',
    words: 'it is the only task seen to map the page, and no event shows that it held it',
  },
} as const satisfies Readonly<Record<string, ReasonKind>>

export type ReasonId = keyof typeof REASONS

/** What speaks for and against one answer. A reason that is absent does not apply. */
export type Reasons = Readonly<Partial<Record<ReasonId, number>>>

/** Every reason, in the order above. */
export const REASON_IDS = Object.keys(REASONS) as readonly ReasonId[] // the keys of the table above
