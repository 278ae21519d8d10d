import { assertUnreachable } from '../../base/assert.ts'
import { type Derived } from '../../derive/derived.ts'
import { type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { anyLeaf } from './any-leaf.ts'
import { contextLeaf } from './context-leaves.ts'
import { type FilterNode, type FilterTerm } from './filter-node.ts'
import { pageLeaf, pagesOfTerm, rowsOfPages } from './page-leaves.ts'
import { classLeaf, countLeaf, holdLeaf, placeLeaf, reckonedLeaf } from './row-leaves.ts'
import { shapeLeaf } from './shape-leaves.ts'
import { stackLeaf } from './stack-leaves.ts'
import { constantLeaf, lostLeaf, nearLeaf, timeLeaf } from './time-leaves.ts'
import { FALSE, type FilterLeaf, type RowSlice, type Steps, TRUE, UNKNOWN } from './told.ts'

/** A filter made ready for one trace. `derived` absent: what it tells is unknown. */
export interface CompiledFilter {
  /** Writes FALSE, UNKNOWN or TRUE for each row of a slice of at most `SLICE_ROWS`; one slice at a time. */
  judge(slice: RowSlice, into: Uint8Array): Steps
  /** Rows that alone can match, ascending; undefined for all. */
  readonly candidates: Uint32Array | undefined
}

/** Rows that are judged at once. */
export const SLICE_ROWS = 16_384

/** Compiles a filter that was read. O(distinct shapes, stacks, contexts), not of events. */
export function compileFilter(trace: Trace, derived: Derived | undefined, node: FilterNode): CompiledFilter {
  const judge = compileNode(trace, derived, node)
  const pages = pagesAsked(trace, node)
  return {
    judge: (slice, into) => judge.fill(slice, into, undefined),
    candidates: pages && rowsOfPages(trace, pages),
  }
}

/** Pages that a term, which must hold, names. */
function pagesAsked(trace: Trace, node: FilterNode): readonly PageId[] | undefined {
  const terms = node.kind === 'and' ? node.parts : [node]
  const term = terms.find(
    (part): part is FilterTerm =>
      part.kind === 'term' && (part.field === 'pfn' || part.field === 'addr') && part.comparison !== '!=',
  )
  return term && pagesOfTerm(trace, term)
}

function compileNode(trace: Trace, derived: Derived | undefined, node: FilterNode): FilterLeaf {
  if (node.kind === 'term') return leafOf(trace, derived, node)
  if (node.kind === 'not') return negated(compileNode(trace, derived, node.part))
  // Dear ones last: what the others leave out, they need not look at.
  const parts = node.parts
    .map((part) => compileNode(trace, derived, part))
    .toSorted((a, b) => Number(a.isDear) - Number(b.isDear))
  return node.kind === 'and' ? allOf(parts) : anyOf(parts)
}

function negated(part: FilterLeaf): FilterLeaf {
  return {
    isDear: part.isDear,
    *fill(slice, into, gate) {
      yield* part.fill(slice, into, gate)
      for (let at = 0; at < slice.length; at++) into[at] = TRUE - into[at]
    },
  }
}

function allOf([first, ...others]: readonly FilterLeaf[]): FilterLeaf {
  const other = new Uint8Array(SLICE_ROWS)
  return {
    isDear: first.isDear || others.some(({ isDear }) => isDear),
    *fill(slice, into, gate) {
      yield* first.fill(slice, into, gate)
      // A row that is left out anyway is left out here, so that no dear part looks at it.
      if (gate !== undefined) for (let at = 0; at < slice.length; at++) if (gate[at] === FALSE) into[at] = FALSE
      for (const part of others) {
        yield* part.fill(slice, other, into)
        for (let at = 0; at < slice.length; at++) if (other[at] < into[at]) into[at] = other[at]
      }
    },
  }
}

function anyOf([first, ...others]: readonly FilterLeaf[]): FilterLeaf {
  const other = new Uint8Array(SLICE_ROWS)
  return {
    isDear: first.isDear || others.some(({ isDear }) => isDear),
    *fill(slice, into, gate) {
      yield* first.fill(slice, into, gate)
      for (const part of others) {
        yield* part.fill(slice, other, gate)
        for (let at = 0; at < slice.length; at++) if (other[at] > into[at]) into[at] = other[at]
      }
    },
  }
}

function leafOf(trace: Trace, derived: Derived | undefined, term: FilterTerm): FilterLeaf {
  const { field } = term
  switch (field) {
    case 'pfn':
    case 'addr':
      return pageLeaf(trace, term)
    case 'op':
    case 'ret':
    case 'val':
    case 'delta':
    case 'mapcount':
    case 'flags':
    case 'mapping':
    case 'mt':
    case 'order':
      return shapeLeaf(trace, field, term)
    case 'stack':
    case 'leaf':
    case 'holder':
    case 'module':
    case 'hash':
      return stackLeaf(trace, field, term)
    case 'comm':
    case 'pid':
    case 'cpu':
    case 'irq':
      return contextLeaf(trace, field, term)
    case 'count':
      return countLeaf(trace, term)
    case 'file':
    case 'line':
      return placeLeaf(trace, term)
    case 'time':
      return timeLeaf(trace, term)
    case 'lost':
      return lostLeaf(trace, term)
    case 'any':
      return anyLeaf(trace, term)
    case 'gap':
    case 'excess':
      return reckonedLeaf(trace, derived, term)
    case 'class':
    case 'hold':
    case 'noise':
    case 'near':
      return derived === undefined ? constantLeaf(UNKNOWN) : derivedLeaf(trace, derived, term)
    default:
      return assertUnreachable(field)
  }
}

function derivedLeaf(trace: Trace, derived: Derived, term: FilterTerm): FilterLeaf {
  if (term.field === 'class') return classLeaf(trace, derived, term)
  return term.field === 'near' ? nearLeaf(trace, derived, term) : holdLeaf(trace, derived, term)
}
