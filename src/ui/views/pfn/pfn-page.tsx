import { type ReactNode } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type OverviewAnswer } from '../../../queries/overview.ts'
import { type PageFactsAnswer } from '../../../queries/page-facts.ts'
import { useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { useSelectedEvent } from '../../events/use-event-rows.ts'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { CitedProvider } from '../../timeline/cited.tsx'
import { chooseLifetime } from '../../timeline/lifetime-choice.ts'
import { usePageAhead } from '../../timeline/use-page-ahead.ts'
import { PfnButtons } from './pfn-buttons.tsx'
import { PfnHeader } from './pfn-header.tsx'
import { PfnTimeline } from './pfn-timeline.tsx'

interface PfnPageProps {
  readonly pfn: number
  readonly overview: OverviewAnswer
}

/**
 * One page: facts, then the timeline, or in words why there is none. The timeline stays for the next page, whose answers are
 * mostly there: to make its charts anew takes longer than to draw in them. It is told of one page at a time.
 */
export function PfnPage({ pfn, overview }: PfnPageProps): ReactNode {
  const [view] = useView()
  usePageAhead(pfn, view)
  const state = useQuery('pageFacts', { pfn })
  const selected = useSelectedEvent({ pfn }, view.event)
  if (state.status === 'failed') return <EmptyNote title="The page could not be read.">{state.error.message}</EmptyNote>
  if (state.status === 'pending') return <EmptyNote title={`pfn ${formatPfn(pfn)}`}>Looking…</EmptyNote>
  const facts = state.value
  if (!facts.isKnown) return <UnknownPage facts={facts} />
  const lifetime = chooseLifetime(facts, view.lifetime, selected.event?.time.ns, view.failure)
  return (
    <>
      <PfnHeader key={pfn} facts={facts} lifetime={lifetime} overview={overview} />
      {facts.events === 0 ? (
        <NoEvents facts={facts} />
      ) : (
        <CitedProvider>
          <PfnTimeline facts={facts} lifetime={lifetime} overview={overview} selected={selected} />
        </CitedProvider>
      )}
    </>
  )
}

function UnknownPage({ facts }: { readonly facts: PageFactsAnswer }): ReactNode {
  return (
    <EmptyNote title={`No file names pfn ${formatPfn(facts.pfn)}.`}>
      <p>No event, no page_owner record, no dump and no line of the kernel log. Whether it is held cannot be told.</p>
      <Nearest facts={facts} />
    </EmptyNote>
  )
}

function NoEvents({ facts }: { readonly facts: PageFactsAnswer }): ReactNode {
  const { owners, pinners, lifetimes } = facts
  return (
    <EmptyNote title="No reference event names this page, so who holds it is not known.">
      {owners.length > 0 && <p>The record above says who allocated it. The allocator need not be the holder.</p>}
      {pinners.length > 0 && (
        <p>
          The records of page_pinner above say who took or put a reference of it, not who held it at a given moment.
        </p>
      )}
      {lifetimes.length === 0 && (
        <p>
          To see its references, trace the page_ref events with stacks while the page is in use; tail pages are traced
          under their head.
        </p>
      )}
      <Nearest facts={facts} />
    </EmptyNote>
  )
}

function Nearest({ facts }: { readonly facts: PageFactsAnswer }): ReactNode {
  if (facts.nearestPfns.length === 0) return null
  return (
    <p>
      Nearest pages with events: <PfnButtons pfns={facts.nearestPfns} />
    </p>
  )
}
