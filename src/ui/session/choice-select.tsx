import { NativeSelect } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { SESSION_VERDICT_WORDS } from '../../session/session-verdict.ts'
import { SESSION_CHOICES, type SessionChoice } from '../../state/links/session-link.ts'
import { useView } from '../../state/use-view.ts'
import styles from './session.module.css'

/** Which ranges are listed, by what people said of them. */
export function ChoiceSelect(): ReactNode {
  const [view, setView] = useView()
  const id = useId()
  return (
    <span className={styles.select}>
      <label htmlFor={id}>triage verdict</label>
      <NativeSelect
        id={id}
        size="xs"
        title="What people said of a range, apart from what the engine finds"
        value={view.sessionChoice ?? ''}
        data={[{ value: '', label: 'any' }, ...SESSION_CHOICES.map((value) => ({ value, label: choiceWord(value) }))]}
        onChange={({ currentTarget: { value } }) =>
          setView({ sessionChoice: SESSION_CHOICES.find((one) => one === value) }, { replace: true })
        }
      />
    </span>
  )
}

function choiceWord(choice: SessionChoice): string {
  if (choice === 'none') return 'none yet'
  return choice === 'conflict' ? 'people differ' : SESSION_VERDICT_WORDS[choice]
}
