import { type OwnersQuestion } from '../../../queries/owners/owners.ts'

type Grouping = OwnersQuestion['grouping']

/** What a way of grouping is called. */
interface GroupingWords {
  readonly name: string
  /** Header of the first column. */
  readonly header: string
  /** What a row is that has no name. */
  readonly missing: string
}

const WORDS: Readonly<Record<Grouping, GroupingWords>> = {
  stack: { name: 'stack', header: 'allocated in', missing: 'no stack was recorded' },
  task: { name: 'task', header: 'allocated by', missing: 'this kernel prints no task' },
  gfp: { name: 'gfp', header: 'gfp mask', missing: 'no mask was recorded' },
  migratetype: {
    name: 'migratetype',
    header: 'asked for, in a pageblock of',
    missing: 'this kernel prints no migratetype by name',
  },
  order: { name: 'order', header: 'order', missing: 'no order was recorded' },
  age: { name: 'age', header: 'age', missing: 'age unknown: no time of allocation' },
}

/** What a way of grouping is called on screen. */
export function groupingWords(grouping: Grouping): GroupingWords {
  return WORDS[grouping]
}
