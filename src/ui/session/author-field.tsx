import { type ReactNode, useId } from 'react'
import { useSettings } from '../../state/settings-store.ts'
import { MOST_AUTHOR } from '../../state/settings.ts'
import styles from './session.module.css'

/** Who a person is to others that read the session. Each letter holds at once. */
export function AuthorField(): ReactNode {
  const [{ author }, change] = useSettings()
  const id = useId()
  return (
    <p className={styles.note}>
      <label htmlFor={id}>Your name beside verdicts and notes</label>
      <input
        id={id}
        className={`text-input ${styles.author}`}
        type="text"
        maxLength={MOST_AUTHOR}
        autoComplete="off"
        placeholder="me"
        defaultValue={author}
        onChange={(event) => change({ author: event.currentTarget.value.trim() })}
      />
    </p>
  )
}
