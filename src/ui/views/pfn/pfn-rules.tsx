import { type ReactNode } from 'react'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import styles from './pfn-rules.module.css'

/** Which holds of this page the pinners hide, by which rules; each rule shows them there. Nothing is hidden here. */
export function PfnRules({ pfn }: { readonly pfn: number }): ReactNode {
  const [view, setView] = useView()
  const { includeExpected, shownRules } = view
  const choice = { thresholdNs: thresholdNsOf(view), includeExpected, shownRules }
  const answer = shownOf(useQuery('pageRules', { pfn, choice }))
  if (answer === undefined || answer.holds === 0) return null
  const show = (id: string): void =>
    setView({ view: 'pinners', shownRules: [...shownRules, id].toSorted(), thresholdUs: 0, filter: '' })
  return (
    <p className={styles.line}>
      hidden among the pinners {answer.hidden} of {answer.holds} {answer.holds === 1 ? 'hold' : 'holds'}
      {answer.rules.map(({ id, class: of, reason, holds }) => (
        <button key={id} type="button" className="link-button" title={`${reason}. Show them`} onClick={() => show(id)}>
          <ClassDot class={of} /> {id} {holds}
        </button>
      ))}
      {answer.short > 0 && (
        <button
          type="button"
          className="link-button"
          title="Shorter than the threshold. Show them"
          onClick={() => setView({ view: 'pinners', thresholdUs: 0, filter: '' })}
        >
          short {answer.short}
        </button>
      )}
    </p>
  )
}
