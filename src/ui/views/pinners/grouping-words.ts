import { type ViewState } from '../../../state/view-state.ts'

/** How one way of grouping is put into words. */
export interface GroupingWords {
  /** On the button that chooses it, and after `grouped by`. */
  readonly name: string
  readonly header: string
  /** What Enter does to a row. */
  readonly opens: string
  /** Counted: `1 stack`, `2 stacks`. */
  readonly plural: string
  /** One of them in a sentence: `that this stack held`. */
  readonly of: string
  /** What a group of holds without it is called. */
  readonly missing: string
}

/** In the order of the buttons. */
export const GROUPINGS = [
  'stack',
  'holder',
  'task',
  'class',
  'order',
  'migratetype',
] as const satisfies readonly ViewState['grouping'][]

const WORDS: Readonly<Record<ViewState['grouping'], GroupingWords>> = {
  stack: {
    name: 'stack',
    header: 'holder',
    opens: 'The frame that names the holder. Enter lists its holds.',
    plural: 'stacks',
    of: 'this stack',
    missing: 'no stack was recorded',
  },
  holder: {
    name: 'holder frame',
    header: 'holder',
    opens: 'The frame that names the holder. Enter lists the stacks with it.',
    plural: 'holder frames',
    of: 'this frame',
    missing: 'no stack was recorded',
  },
  task: {
    name: 'task',
    header: 'task',
    opens: 'The task that took the reference. Enter lists its stacks.',
    plural: 'tasks',
    of: 'this task',
    missing: 'no task was recorded',
  },
  class: {
    name: 'class',
    header: 'class',
    opens: 'What the references are for. Enter lists the stacks.',
    plural: 'classes',
    of: 'references of this class',
    missing: 'no class',
  },
  order: {
    name: 'order',
    header: 'order',
    opens:
      'Of the folio, as page_owner, page states, dump_page, mm_page_alloc or the page’s own flags tell. Enter lists the stacks.',
    plural: 'orders',
    of: 'references to such folios',
    missing: 'nothing tells the order',
  },
  migratetype: {
    name: 'migratetype',
    header: 'migratetype',
    opens: 'Of the pageblock, at the get. Enter lists the stacks.',
    plural: 'migratetypes',
    of: 'references to such pages',
    missing: 'no migratetype was recorded',
  },
}

/** The words of a way of grouping. */
export function groupingWords(grouping: ViewState['grouping']): GroupingWords {
  return WORDS[grouping]
}

/** `1 stack`, `2 holder frames`. */
export function countedGroups(count: number, grouping: ViewState['grouping']): string {
  const { name, plural } = WORDS[grouping]
  return `${count} ${count === 1 ? name : plural}`
}
