import { type ReactNode } from 'react'
import { type FileAnswer } from '../../../queries/overview.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { PlaceLink } from '../../widgets/place-link.tsx'
import styles from './files-view.module.css'

/** Lines that should have said something and could not be read: the first of each reason, as they are. */
export function RejectedLines({ files }: { readonly files: readonly FileAnswer[] }): ReactNode {
  const [, setView] = useView()
  const groups = files.flatMap((file) => file.problems.map((problem) => ({ file, problem })))
  if (groups.length === 0) return <p className={styles.note}>None.</p>
  return groups.map(({ file, problem }) => (
    <div key={`${file.index} ${problem.reason}`} className={styles.group}>
      <h3>
        <span className="data">{file.name}</span>: {problem.reason} {problem.count}
      </h3>
      <ul className={styles.rejected}>
        {problem.samples.map(({ line, text }) => (
          <li key={line}>
            <PlaceLink
              place={{ file: file.index, fileName: file.name, line }}
              onOpen={(place) => setView({ event: formatPlace(place) })}
            />
            <code className="data">{text}</code>
          </li>
        ))}
      </ul>
      {problem.count > problem.samples.length && (
        <p className={styles.note}>and {problem.count - problem.samples.length} more by this reason</p>
      )}
    </div>
  ))
}
