import { NativeSelect } from '@mantine/core'
import { type ReactNode } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type OverviewAnswer } from '../../../queries/overview.ts'
import { type LifetimeAnswer, type PageFactsAnswer } from '../../../queries/page-facts.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { linkWithLife } from '../../timeline/pfn-window.ts'
import { OtherFiles } from './other-files.tsx'
import { PfnRules } from './pfn-rules.tsx'
import { OwnerLine } from './owner-line.tsx'
import styles from './pfn-view.module.css'

interface PfnHeaderProps {
  readonly facts: PageFactsAnswer
  /** 1-based; 0 is the whole trace. */
  readonly lifetime: number
  readonly overview: OverviewAnswer
}

/** What is known of the page but its events: head or tail, lifetimes, who allocated it, dumps, failures it lies in. */
export function PfnHeader({ facts, lifetime, overview }: PfnHeaderProps): ReactNode {
  const [view, setView] = useView()
  const life = facts.lifetimes.find(({ number }) => number === lifetime)
  const choose = (text: string) => setView(linkWithLife(Number(text), facts, overview, view))
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <h1 className={styles.pfn}>pfn {formatPfn(facts.pfn)}</h1>
        <span>{facts.folio}</span>
        {facts.lifetimes.length > 0 && (
          <NativeSelect
            size="xs"
            aria-label="Lifetime"
            className={styles.lifetimes}
            value={String(lifetime)}
            onChange={(event) => choose(event.currentTarget.value)}
            data={[
              ...facts.lifetimes.map((one) => ({
                value: String(one.number),
                label: lifetimeLabel(one, facts.lifetimes),
              })),
              { value: '0', label: 'whole trace' },
            ]}
          />
        )}
        {life && <span className={styles.dim}>{lifetimeWords(life)}</span>}
      </div>
      {facts.failures.length > 0 && (
        <ul className={styles.failures} aria-label="Failed ranges that the page lies in">
          {facts.failures.map((failure) => (
            <li key={failure.id} data-selected={failure.id === view.failure}>
              ⨯{' '}
              <button
                type="button"
                className="link-button"
                title="Open the range"
                onClick={() => setView({ view: 'triage', failure: failure.id })}
              >
                {failure.label}
              </button>
              {failure.time && ` at ${failure.time.text}`}
              <span className={styles.dim}>
                {failure.isBlocking ? ' blocked by this page' : ' not blocked by this page'}
              </span>
            </li>
          ))}
        </ul>
      )}
      {facts.owners.slice(0, 1).map((owner) => (
        <OwnerLine key={formatPlace(owner.place)} owner={owner} />
      ))}
      <div className={styles.rest}>
        <OtherFiles facts={facts} />
        {facts.events > 0 && <PfnRules pfn={facts.pfn} />}
      </div>
    </header>
  )
}

function lifetimeLabel(life: LifetimeAnswer, all: readonly LifetimeAnswer[]): string {
  const events = life.events === 1 ? '1 event' : `${life.events} events`
  return `lifetime ${life.number} of ${all.length}  ${life.from.text} … ${life.to.text}  ${events}`
}

function lifetimeWords({ startsWithTrace, endsWithTrace, hasLoss }: LifetimeAnswer): string {
  const words = [
    startsWithTrace ? 'may have begun before the trace' : 'begins with its allocation',
    endsWithTrace ? 'goes on when the trace ends' : 'ends with its last reference',
    ...(hasLoss ? ['events were lost in it: what is missing is unknown, not leaked'] : []),
  ]
  return words.join(' · ')
}
