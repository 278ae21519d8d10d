import { type BlockingPage, type Culprit } from '../derive/attribution/finding.ts'
import { isPrivateDataOnly } from './private-data.ts'
import { OFFERED_BELOW } from './sentence.ts'
import { functionText } from './stack-answer.ts'
import { taskText } from './task-answer.ts'

/**
 * How a culprit stands: `named` held it; `any_of` one of several did, and nothing tells which; `allocated` it is the
 * allocation itself, which cannot be moved; `offered` a holder too unsure to blame; `private_data` nothing unexpected
 * held it, and who attached its private data is where to look; `unknown` nobody can be named; `no_page` not even the
 * page that blocked is known.
 */
export type Standing = 'named' | 'any_of' | 'allocated' | 'offered' | 'private_data' | 'unknown' | 'no_page'

/** Who blocked with a page, as ranges are grouped by it. */
export interface PageCulprit {
  /** Stable, for links: standing and names. Pages with the same one have the same culprit. */
  readonly key: string
  readonly standing: Standing
  /** The likeliest holders: one, or all that nothing separates; empty when nobody can be named. */
  readonly culprits: readonly Culprit[]
  /** 0 … 1: in all of them together where nothing separates them; 0 where nobody can be named. */
  readonly confidence: number
}

const NOBODY: PageCulprit = { key: 'unknown', standing: 'unknown', culprits: [], confidence: 0 }

/** Stands for the pages of a range of which none is known to have blocked it. */
export const NO_PAGE: PageCulprit = { key: 'no_page', standing: 'no_page', culprits: [], confidence: 0 }

/** The culprit of one page, never more than the page's ranking says: holders that nothing separates are one culprit together. */
export function culpritOfPage(page: BlockingPage): PageCulprit {
  const [first] = page.culprits
  return first === undefined ? NOBODY : culpritOf(page, first)
}

/** Holders beside the likeliest who hold a page just as surely as they can be named, each told apart from all others. */
export function surelyAlso({ culprits }: BlockingPage): readonly Culprit[] {
  if (culprits.length < 2 || culprits[0].anyOf > 1) return []
  return culprits.slice(1).filter(({ anyOf, confidence }) => anyOf <= 1 && confidence >= OFFERED_BELOW)
}

/** One of a page's holders as a culprit, with all that nothing separates from it. */
export function culpritOf(page: BlockingPage, first: Culprit): PageCulprit {
  const set = first.anyOf > 1 ? page.culprits.filter(({ anyOf, rank }) => anyOf > 1 && rank <= first.anyOf) : [first]
  const names = [...new Set(set.map(culpritName))].toSorted()
  const standing = standingOf(page, first, names.length)
  const culprits = names.length > 1 ? set : [first]
  const confidence = Math.max(...set.map((culprit) => culprit.confidence))
  return { key: `${standing}: ${names.join(', ')}`, standing, culprits, confidence }
}

function standingOf(page: BlockingPage, first: Culprit, names: number): Standing {
  if (isPrivateDataOnly(page, first)) return 'private_data'
  if (names > 1) return 'any_of'
  // What page_pinner alone recorded has no task: the sentence offers it, whatever its confidence.
  if (first.confidence < OFFERED_BELOW || first.record !== undefined) return 'offered'
  return first.class === 'allocation' ? 'allocated' : 'named'
}

/** `ts-mux-64 in do_tee`. */
export function culpritName(culprit: Culprit): string {
  return `${taskText(culprit)} in ${frameOf(culprit)}`
}

/** The frame that names a holder, `leaky_grab [leaky]`. */
export function frameOf({ function: name, module }: Culprit): string {
  return name === '' ? 'no stack recorded' : functionText(name, module)
}
