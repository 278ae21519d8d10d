import { type BlockingPageAnswer } from '../../../queries/wire.ts'

/** Pages that are likely to be compared with one that blocked a range. */
export interface CompareOffers {
  /** Held by the one that holds this page: same frame, same task. */
  readonly sameHolder: readonly number[]
  /** Others that blocked the same range, the kernel's own first. */
  readonly sameRange: readonly number[]
}

/** Pages to offer beside one, none of them drawn yet; each once. */
export function compareOffers(
  page: BlockingPageAnswer,
  pages: readonly BlockingPageAnswer[],
  blockingPfns: readonly number[],
  drawn: readonly number[],
): CompareOffers {
  const known = new Set([page.pfn, page.headPfn, ...drawn])
  const holder = holderKey(page)
  const sameHolder = pages
    .filter((other) => holder !== undefined && holderKey(other) === holder && !known.has(other.pfn))
    .map(({ pfn }) => pfn)
  const alike = new Set(sameHolder)
  const sameRange = blockingPfns.filter((pfn) => !known.has(pfn) && !alike.has(pfn))
  return { sameHolder: [...alike], sameRange: [...new Set(sameRange)] }
}

/** Of the likeliest holder, when it is named. */
function holderKey({ culprits }: BlockingPageAnswer): string | undefined {
  const [first] = culprits
  if (first === undefined || first.function === '') return undefined
  return `${first.function}\n${first.task.comm}\n${first.task.pid}`
}
