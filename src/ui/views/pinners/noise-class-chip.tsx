import { Switch } from '@mantine/core'
import { type ReactNode } from 'react'
import { type NoiseClassAnswer } from '../../../queries/noise-answer.ts'
import { useView } from '../../../state/use-view.ts'
import { CLASS_STYLES } from '../../theme/class-style.ts'
import { NoiseChip } from './noise-chip.tsx'
import { withClass, withRule } from './noise-choice.ts'
import styles from './noise-chips.module.css'

/** The rules of one class: together on the chip, one by one behind it. */
export function NoiseClassChip({ entry }: { readonly entry: NoiseClassAnswer }): ReactNode {
  const [view, setView] = useView()
  const { label, glyph, color } = CLASS_STYLES[entry.class]
  const isOn = entry.hidden === entry.holds ? true : entry.hidden === 0 ? false : 'mixed'
  return (
    <NoiseChip
      name={label}
      mark={
        <span aria-hidden="true" className={styles.glyph} style={{ color }}>
          {glyph}
        </span>
      }
      count={isOn === 'mixed' ? entry.hidden : entry.holds}
      isOn={isOn}
      about={`${entry.reason} (${entry.source})`}
      onToggle={(isHiding) => setView(withClass(view, entry, isHiding), { replace: true })}
    >
      <h3>{label}: expected by migration</h3>
      <p>{entry.reason}</p>
      <p className={styles.source}>{entry.source}</p>
      <h3>Rules that put a hold into this class</h3>
      <ul className={styles.rules}>
        {entry.rules.map((rule) => (
          <li key={rule.id}>
            <Switch
              size="xs"
              classNames={{ label: styles.ruleText, description: styles.ruleText }}
              label={`hide ${rule.id} ${rule.holds}`}
              checked={rule.isHiding}
              description={
                <>
                  {rule.reason}
                  <span className={styles.source}>{rule.source}</span>
                </>
              }
              onChange={(event) =>
                setView(withRule(view, entry, rule.id, event.currentTarget.checked), { replace: true })
              }
            />
          </li>
        ))}
      </ul>
    </NoiseChip>
  )
}
