import { type ReactNode } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { counted } from '../../../base/counted.ts'
import { type CompareChoice } from '../../../queries/compare/compare-question.ts'
import { type CompareRowAnswer } from '../../../queries/compare/compare-row.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { CellLink } from '../../widgets/cell-link.tsx'
import { placeText } from '../../widgets/place-link.tsx'
import { StackView } from '../../widgets/stack-view.tsx'
import styles from './compare-view.module.css'

interface RowSideProps {
  readonly side: 'A' | 'B'
  /** Absent when this capture has none of it. */
  readonly name: string | undefined
  readonly choice: CompareChoice
}

const EXAMPLES = 5

/** What a row is made of in one capture: stands in that capture's context. */
export function RowSide({ side, name, choice }: RowSideProps): ReactNode {
  const state = useQuery('compareRow', name === undefined ? undefined : { choice, name, limit: EXAMPLES })
  const answer = shownOf(state)
  return (
    <section className={styles.side} aria-label={`In ${side}`}>
      <h3>
        In {side}
        {answer !== undefined && `: ${counted(answer.holds, 'hold')} in ${counted(answer.stacks, 'stack')}`}
        {name === undefined && ': none'}
      </h3>
      {state.status === 'failed' && <p>{state.error.message}</p>}
      {answer !== undefined && name !== undefined && <SideFacts side={side} answer={answer} />}
    </section>
  )
}

function SideFacts({ side, answer }: { readonly side: 'A' | 'B'; readonly answer: CompareRowAnswer }): ReactNode {
  return (
    <>
      {answer.failures.length > 0 && <p>blocks {counted(answer.failures.length, 'failed range')}</p>}
      <ul className={styles.examples}>
        {answer.examples.map((hold) => (
          <Example key={hold.id} side={side} hold={hold} />
        ))}
      </ul>
      <StackView title={`first hold in ${side}`} frames={answer.stack.frames} />
    </>
  )
}

type Hold = CompareRowAnswer['examples'][number]

function Example({ side, hold }: { readonly side: 'A' | 'B'; readonly hold: Hold }): ReactNode {
  const { comm, pid } = hold.task
  const end = hold.kind === 'open' ? 'not put' : hold.durationText
  return (
    <li>
      {formatPfn(hold.pfn)} {comm === '' ? 'an unrecorded task' : `${comm}-${pid}`} {hold.isAtLeast ? 'at least ' : ''}
      {end === 'not put' ? `${hold.durationText}, not put` : end}
      <span className={styles.places}>
        {hold.getPlace && <SidePlace side={side} what="get" place={hold.getPlace} />}
        {hold.putPlace && <SidePlace side={side} what="put" place={hold.putPlace} />}
      </span>
    </li>
  )
}

interface SidePlaceProps {
  readonly side: 'A' | 'B'
  readonly what: 'get' | 'put'
  readonly place: NonNullable<Hold['getPlace']>
}

/** A line of its own capture: B's are read from B's files. */
function SidePlace({ side, what, place }: SidePlaceProps): ReactNode {
  const [, setView] = useView()
  const text = placeText(place)
  return (
    <span>
      {side} {what}{' '}
      <CellLink
        text={text}
        title={`Show line ${place.line} of ${place.fileName}, in ${side}`}
        place={text}
        isOfOther={side === 'B'}
        onOpen={() => setView(side === 'A' ? { event: text } : { otherEvent: text })}
      />
    </span>
  )
}
