import { Popover } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import styles from './noise-chips.module.css'

interface NoiseChipProps {
  readonly name: string
  /** Colour and sign of what the chip is about. */
  readonly mark?: ReactNode
  /** Holds that it hides; that it would hide while it is off. */
  readonly count: number | undefined
  /** `mixed` when it hides some of them. */
  readonly isOn: boolean | 'mixed'
  /** Why it hides, in one sentence. */
  readonly about: string
  readonly onToggle: (isOn: boolean) => void
  /** The reasons in full, behind the second button. */
  readonly children: ReactNode
}

/** One reason to hide holds: a switch with its count, and a button that says why. */
export function NoiseChip({ name, mark, count, isOn, about, onToggle, children }: NoiseChipProps): ReactNode {
  const id = useId()
  return (
    <span className={styles.chip} data-on={isOn}>
      <button
        type="button"
        className={styles.toggle}
        aria-pressed={isOn}
        aria-describedby={id}
        title={isOn === true ? `Hidden: ${about} Press to list them.` : `Press to hide: ${about}`}
        onClick={() => onToggle(isOn !== true)}
      >
        {mark}
        {name} {count !== undefined && <span className={styles.count}>{count}</span>}
        {isOn === false && ' listed'}
      </button>
      <span id={id} className={styles.hidden}>
        {about}
      </span>
      <Popover position="bottom-start" trapFocus returnFocus withRoles shadow="none" transitionProps={{ duration: 0 }}>
        <Popover.Target>
          <button type="button" className={styles.why} aria-label={`Why: ${name}`}>
            ?
          </button>
        </Popover.Target>
        <Popover.Dropdown className={styles.reasons} aria-label={name}>
          {children}
        </Popover.Dropdown>
      </Popover>
    </span>
  )
}
