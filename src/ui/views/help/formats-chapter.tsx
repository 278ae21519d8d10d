import { type ReactNode } from 'react'
import { useView } from '../../../state/use-view.ts'
import { FORMAT_ROWS } from './format-rows.ts'
import styles from './help-view.module.css'

/** What can be opened, and what each file adds to the answer. */
export function FormatsChapter(): ReactNode {
  const [, setView] = useView()
  return (
    <>
      <p>
        All files of one boot together, in any order, under any name: each is known by its content. Plain, or packed
        with gzip or zstd; single, as a folder, or in <code>.zip</code>, <code>.tar</code>, <code>.tar.gz</code> and{' '}
        <code>.tar.zst</code> archives.
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">file</th>
            <th scope="col">what it adds</th>
          </tr>
        </thead>
        <tbody>
          {FORMAT_ROWS.map(([file, adds]) => (
            <tr key={file}>
              <th scope="row">
                <Marked text={file} />
              </th>
              <td>
                <Marked text={adds} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        Lines that no reader knows are counted and listed with their numbers: parsed, skipped and rejected lines add up
        to the lines of the file.{' '}
        <button type="button" className="link-button" onClick={() => setView({ view: 'record' })}>
          Record
        </button>{' '}
        writes the commands that make these files.
      </p>
    </>
  )
}

/** Text with code between backticks. */
function Marked({ text }: { readonly text: string }): ReactNode {
  // oxlint-disable-next-line react/no-array-index-key -- the parts of a constant
  return text.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))
}
