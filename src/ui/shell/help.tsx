import { Kbd, Modal } from '@mantine/core'
import { type ReactNode } from 'react'
import styles from './help.module.css'
import { type Shortcut, showKeys } from './shortcut.ts'

/** Keys that the lists and charts have of their own. */
const ELSEWHERE: readonly (readonly [keys: string, what: string])[] = [
  ['↑ ↓', 'Move in a table; Home, End, PgUp and PgDn too'],
  ['Enter', 'Open the row: evidence, timeline, raw lines'],
  ['→ ←', 'Open and close a row of the pinners'],
  ['b', 'Group the pinners by something else'],
  ['c', 'Go to the chips that hide pinners'],
  ['R', 'Edit the rules, on Pinners'],
  ['[ ]', 'Previous and next event of the page or the list'],
  ['C', 'Copy the script, on Record'],
  ['n N', 'Next and previous failure on the timeline'],
  ['W S', 'Zoom the timeline in and out; + and − and the wheel too'],
  ['A D', 'Move the timeline; ← and → and Shift with a drag too'],
  ['0', 'Show the whole timeline'],
  ['Tab', 'Go to the next thing that has keys'],
]

interface HelpProps {
  readonly shortcuts: readonly Shortcut[]
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** `?`: every key. */
export function Help({ shortcuts, isOpen, onClose }: HelpProps): ReactNode {
  const bound = shortcuts.filter((shortcut) => shortcut.keys.length > 0)
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Keys"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close the list of keys' }}
    >
      <dl className={styles.keys}>
        {bound.map(({ id, label, keys }) => (
          <Entry key={id} label={label} keys={keys.map((key) => showKeys(key))} />
        ))}
        {ELSEWHERE.map(([keys, what]) => (
          <Entry key={keys} label={what} keys={[keys]} />
        ))}
      </dl>
    </Modal>
  )
}

function Entry({ label, keys }: { readonly label: string; readonly keys: readonly string[] }): ReactNode {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dt>
      <dd>{label}</dd>
    </div>
  )
}
