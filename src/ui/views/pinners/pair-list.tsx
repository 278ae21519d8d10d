import { type ReactNode } from 'react'
import { type RulesAnswer } from '../../../queries/rules-answer.ts'
import { ORIGIN_WORDS } from './origin-words.ts'
import styles from './rules-dialog.module.css'

interface PairListProps {
  readonly pairs: RulesAnswer['pairs']
  readonly chosenId: string
  readonly onChoose: (id: string) => void
  readonly onSwitch: (id: string, isOff: boolean) => void
}

/** Every known pair with why it is one, and how many holds of this capture it fits. */
export function PairList({ pairs, chosenId, onChoose, onSwitch }: PairListProps): ReactNode {
  return (
    <table className={styles.rules}>
      <caption>
        Which put gives back what which get took. A known pair counts like a few clear observations in the capture: it
        decides where the capture shows a pair but once, and what the capture shows more often outweighs it. Counted are
        the holds whose get and put it fits, each under the first pair that does.
      </caption>
      <thead>
        <tr>
          <th scope="col">on</th>
          <th scope="col">known pair</th>
          <th scope="col">why</th>
          <th scope="col">holds</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map((pair) => (
          <tr key={pair.id} data-chosen={pair.id === chosenId} data-off={pair.isOff}>
            <td>
              <input
                type="checkbox"
                aria-label={`${pair.id} is believed`}
                checked={!pair.isOff}
                onChange={(event) => onSwitch(pair.id, !event.currentTarget.checked)}
              />
            </td>
            <td>
              <button
                type="button"
                className={styles.name}
                aria-pressed={pair.id === chosenId}
                onClick={() => onChoose(pair.id)}
              >
                {pair.id}
              </button>
              {pair.origin !== 'pinscope' && <span className={styles.origin}> {ORIGIN_WORDS[pair.origin]}</span>}
            </td>
            <td className={styles.why}>{pair.reason}</td>
            <td className={styles.count} data-none={pair.holds === 0}>
              {pair.holds}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
