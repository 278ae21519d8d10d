import { Fragment, type ReactNode } from 'react'
import { KEY_SECTIONS } from '../../shell/key-sections.ts'
import { showKeys } from '../../shell/shortcut.ts'
import styles from './help-view.module.css'

/** Every key, by where it works. */
export function KeysChapter(): ReactNode {
  return (
    <>
      <p>
        Everything that a mouse does has a key, or is reached with <kbd>Tab</kbd> and the arrows. A pair such as{' '}
        <kbd>g</kbd> <kbd>t</kbd> is pressed one after the other. While text is typed the letters are text;{' '}
        <kbd>Esc</kbd> leaves the field.
      </p>
      {KEY_SECTIONS.map(({ title, keys }) => (
        <Fragment key={title}>
          <h3>{title}</h3>
          <table className={styles.keys}>
            <tbody>
              {keys.map((entry) => (
                <tr key={`${entry.keys.join(' ')} ${entry.label}`}>
                  <td>
                    {entry.keys.map((key) => (
                      <kbd key={key}>{showKeys(key)}</kbd>
                    ))}
                  </td>
                  <td>{entry.label}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Fragment>
      ))}
    </>
  )
}
