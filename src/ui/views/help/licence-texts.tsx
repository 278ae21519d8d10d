import { type ReactNode, useState } from 'react'
import { readLicences } from '../../../state/licences.ts'
import styles from './help-view.module.css'

/** The licences of all that is in the page, read when they are asked for. */
export function LicenceTexts(): ReactNode {
  const [text, setText] = useState<string>()
  const read = async (): Promise<void> => setText(await readLicences())
  return (
    <details onToggle={({ currentTarget }) => currentTarget.open && text === undefined && void read()}>
      <summary>Licences of pinscope and of all that is in it</summary>
      <pre className={`data ${styles.licences}`} aria-busy={text === undefined}>
        {text ?? 'reading…'}
      </pre>
    </details>
  )
}
