import { type ReactNode } from 'react'
import { type RuleAnswer } from '../../../queries/rules-answer.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import styles from './rules-dialog.module.css'

/** One rule in full: why, where the kernel does it, which frames. */
export function RuleDetail({ rule }: { readonly rule: RuleAnswer }): ReactNode {
  const { id, class: of, on, isExpected, isOff, frames, matchesModules, givesWayTo } = rule
  return (
    <section aria-label={`Rule ${id}`} className={styles.detail}>
      <h3 className="data">
        {id}
        {isOff && ', off'}
      </h3>
      <p>
        <ClassDot class={of} hasLabel />, on {on === 'both' ? 'get and put' : on}:{' '}
        {isExpected ? 'expected by migration, hidden' : 'a hold, listed'}
      </p>
      <p>{rule.reason}</p>
      <p className="data">{rule.source}</p>
      {givesWayTo !== undefined && (
        <p>
          A helper: gives way to rules of yours
          {givesWayTo.length > 0 && (
            <>
              {' '}
              and to <span className="data">{givesWayTo.join(', ')}</span>
            </>
          )}{' '}
          further out
        </p>
      )}
      <ul className={styles.frames} aria-label="Patterns">
        {frames.map((frame) => (
          <li key={frame}>{frame}</li>
        ))}
        {matchesModules === true && <li>any frame of a module</li>}
      </ul>
    </section>
  )
}
