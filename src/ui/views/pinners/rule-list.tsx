import { type ReactNode } from 'react'
import { type RuleAnswer, type RulesAnswer } from '../../../queries/rules-answer.ts'
import { CLASS_STYLES } from '../../theme/class-style.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { ORIGIN_WORDS } from './origin-words.ts'
import styles from './rules-dialog.module.css'

interface RuleListProps {
  readonly rules: RulesAnswer
  readonly chosenId: string | undefined
  readonly onChoose: (id: string) => void
  readonly onSwitch: (id: string, isOff: boolean) => void
}

/** Every rule with what it decides in this capture, and what of it is hidden; last what no rule decides. */
export function RuleList({ rules, chosenId, onChoose, onSwitch }: RuleListProps): ReactNode {
  return (
    <table className={styles.rules}>
      <caption>
        In the order of asking. Counted is what a rule decides in this capture.
        {rules.pageTold.length > 0 && ` page-told: ${rules.pageTold[0].reason}.`}
      </caption>
      <thead>
        <tr>
          <th scope="col">on</th>
          <th scope="col">rule</th>
          <th scope="col">class</th>
          <th scope="col">stacks</th>
          <th scope="col">events</th>
          <th scope="col">holds</th>
          <th scope="col">hidden</th>
        </tr>
      </thead>
      <tbody>
        {rules.rules.map((rule) => (
          <tr key={rule.id} data-chosen={rule.id === chosenId} data-off={rule.isOff}>
            <td>
              <input
                type="checkbox"
                aria-label={`${rule.id} is asked`}
                checked={!rule.isOff}
                onChange={(event) => onSwitch(rule.id, !event.currentTarget.checked)}
              />
            </td>
            <td>
              <button
                type="button"
                className={styles.name}
                aria-pressed={rule.id === chosenId}
                title={rule.reason}
                onClick={() => onChoose(rule.id)}
              >
                {rule.id}
              </button>
              {rule.origin !== 'pinscope' && <span className={styles.origin}> {ORIGIN_WORDS[rule.origin]}</span>}
            </td>
            <ClassCell of={rule.class} />
            <Counts counts={rule} />
          </tr>
        ))}
        {[...rules.fixed, ...rules.pageTold].map((rule) => (
          <tr key={rule.id}>
            <td />
            <td title={`${rule.reason} (${rule.source})`}>
              {rule.id}
              {!rules.pageTold.includes(rule) && ', always on'}
            </td>
            <ClassCell of={rule.class} />
            <Counts counts={rule} />
          </tr>
        ))}
        <tr>
          <td />
          <td>no rule</td>
          <ClassCell of="unknown" />
          <Counts counts={rules.unclassified} />
        </tr>
      </tbody>
    </table>
  )
}

function ClassCell({ of }: { readonly of: RuleAnswer['class'] }): ReactNode {
  return (
    <td>
      <ClassDot class={of} /> <span className={styles.classWords}>{CLASS_STYLES[of].label}</span>
    </td>
  )
}

function Counts({ counts }: { readonly counts: RulesAnswer['unclassified'] }): ReactNode {
  const { stacks, events, holds, hidden } = counts
  return (
    <>
      {[stacks, events, holds, hidden].map((count, at) => (
        <td key={COUNTED[at]} className={styles.count} data-none={count === 0}>
          {count}
        </td>
      ))}
    </>
  )
}

const COUNTED = ['stacks', 'events', 'holds', 'hidden'] as const
