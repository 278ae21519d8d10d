import { formatPfn } from '../base/pfn.ts'
import { type FilterFieldId } from '../base/filter-docs.ts'
import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { type FilterError, type FilterNode, type FilterTerm, type FilterValue } from './filter/filter-node.ts'
import { type FilterRun, filterRunOf } from './filter/filter-run.ts'
import { judgeNames } from './filter/judge-names.ts'
import { readFilter } from './filter/read-filter.ts'

/** Which events are meant. All that is said must hold. */
export interface EventChoice {
  /** Text in the filter language: see `base/filter-docs.ts`. */
  readonly filter?: string
  /** Only events of this page (its head). */
  readonly pfn?: number
  /** Only events with this name. */
  readonly name?: string
  /** Only events whose stack has this hash. */
  readonly stackHash?: string
  readonly pid?: number
  /** Only events of tasks whose comm contains this, in any case. */
  readonly comm?: string
  /** Says nothing: who asks again for what is still being looked for counts up here, so that it is another question. */
  readonly round?: number
}

/** The events that a choice means: all of them, those that a run finds, or none because its filter is wrong. */
export type ChosenEvents =
  | { readonly kind: 'all' }
  | { readonly kind: 'run'; readonly run: FilterRun }
  | { readonly kind: 'wrong'; readonly errors: readonly FilterError[] }

const ALL: ChosenEvents = { kind: 'all' }

/** Reads a choice. What was asked before is not looked for again. */
export function chooseEvents(trace: Trace, derived: Derived | undefined, choice: EventChoice): ChosenEvents {
  const { node, errors } = readFilter(choice.filter ?? '')
  const wrong = [...errors, ...judgeNames(trace, node)]
  if (wrong.length > 0) return { kind: 'wrong', errors: wrong }
  const parts = [...(node === undefined ? [] : node.kind === 'and' ? node.parts : [node]), ...termsOf(choice)]
  if (parts.length === 0) return ALL
  const whole: FilterNode = parts.length === 1 ? parts[0] : { kind: 'and', parts, start: 0, end: 0 }
  return { kind: 'run', run: filterRunOf(trace, derived, whole) }
}

/** True where only pages are asked for, which an index finds. */
export function isByPageAlone({ filter, name, stackHash, pid, comm }: EventChoice): boolean {
  const isFiltered = filter !== undefined && filter.trim() !== ''
  return !isFiltered && name === undefined && stackHash === undefined && pid === undefined && comm === undefined
}

/** What a choice says beside its filter, as terms of it. */
function termsOf({ pfn, name, stackHash, pid, comm }: EventChoice): readonly FilterTerm[] {
  return [
    ...(pfn === undefined ? [] : [term('pfn', 'exact', formatPfn(pfn))]),
    ...(name === undefined ? [] : [term('op', 'exact', name)]),
    ...(stackHash === undefined ? [] : [term('hash', 'exact', stackHash)]),
    ...(pid === undefined ? [] : [term('pid', 'exact', String(pid))]),
    ...(comm === undefined ? [] : [term('comm', 'part', comm)]),
  ]
}

function term(field: FilterFieldId, kind: 'exact' | 'part', text: string): FilterTerm {
  const value: FilterValue = { kind, text, start: 0, end: 0 }
  return { kind: 'term', field, comparison: ':', values: [value], start: 0, end: 0 }
}
