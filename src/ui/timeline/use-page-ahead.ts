import { useCallback, useEffect, useEffectEvent } from 'react'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { type PageFactsAnswer } from '../../queries/page-facts.ts'
import { type TimelineQuestion } from '../../queries/timeline.ts'
import { useAskAhead } from '../../state/use-query.ts'
import { useCapture } from '../../state/use-trace.ts'
import { type ViewState } from '../../state/view-state.ts'
import { chooseLifetime } from './lifetime-choice.ts'
import { extentShown, windowOf } from './pfn-window.ts'

/** Columns that the lines of a page's screen are decimated to: six points each are the 4000 that a chart draws at ease. */
export const PAGE_COLUMNS = 660
/** The timeline of a busier page takes long enough to be in the way of what is asked next: nobody may want it. */
const MOST_EVENTS_AHEAD = 50_000

type PageLink = Pick<ViewState, 'lifetime' | 'failure' | 'from' | 'to' | 'comparedPfns'>

/** Asks what the screen of a page shows first, before it is there: its facts, and its timeline as soon as they tell which. */
export function useAskPageAhead(): (pfn: number, link: PageLink) => Promise<void> {
  const askAhead = useAskAhead()
  const overview = useCapture()?.overview
  return useCallback(
    async (pfn, link) => {
      const facts = await askAhead('pageFacts', { pfn })
      if (!facts || !overview || facts.events === 0 || facts.events > MOST_EVENTS_AHEAD) return
      await askAhead('timeline', firstTimeline(facts, link, overview))
    },
    [askAhead, overview],
  )
}

/** Asks ahead for the page that is shown: its timeline does not wait for its facts to be drawn. */
export function usePageAhead(pfn: number, link: PageLink): void {
  const askPageAhead = useAskPageAhead()
  const ask = useEffectEvent((asked: number) => askPageAhead(asked, link))
  useEffect(() => void ask(pfn), [pfn])
}

/** The first question of the screen of a page about its timeline, where no event of it is selected. */
function firstTimeline(
  facts: Pick<PageFactsAnswer, 'pfn' | 'lifetimes' | 'failures'>,
  link: PageLink,
  overview: Pick<OverviewAnswer, 'from' | 'to' | 'clock'>,
): TimelineQuestion {
  const lifetime = chooseLifetime(facts, link.lifetime, undefined, link.failure)
  const window = windowOf(link, extentShown(facts, lifetime, overview, link), overview.clock)
  return { pfn: facts.pfn, lifetime, ...window, columns: PAGE_COLUMNS }
}
