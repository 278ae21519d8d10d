import { type SearchHit } from '../../queries/search.ts'
import { shownOf, useQuery } from '../../state/use-query.ts'
import { useCapture } from '../../state/use-trace.ts'
import { useView } from '../../state/use-view.ts'
import { destinationOf } from './search-destination.ts'

/** What the capture has by a text; nothing without a capture. */
export interface SearchHits {
  readonly hits: readonly SearchHit[]
  /** How a number was read. */
  readonly reading: string
  readonly go: (hit: SearchHit) => void
}

/** Asks the capture for what a text may mean. */
export function useSearchHits(text: string, limit: number): SearchHits {
  const capture = useCapture()
  const [, setView] = useView()
  const wanted = text.trim()
  const isAsked = capture !== undefined && wanted !== ''
  const state = useQuery('search', isAsked ? { text: wanted, limit } : undefined)
  const answer = isAsked ? shownOf(state) : undefined
  return { hits: answer?.hits ?? [], reading: answer?.reading ?? '', go: (hit) => setView(destinationOf(hit)) }
}
