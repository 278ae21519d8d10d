import { type ReactNode } from 'react'
import { type Made } from '../../base/embedded.ts'
import { useReport } from '../../state/use-report.ts'
import styles from './report-notice.module.css'
import screen from './screen.module.css'

/** Says in a page that is a report whose report it is and of what, and leads back when a person opened something else. */
export function ReportNotice(): ReactNode {
  const shown = useReport()
  if (shown === undefined || shown.status === 'opening') return null
  const { made, sessionProblem } = shown.report
  return (
    <div className={screen.notice} role="note">
      <div className={styles.told}>
        <p>
          {made === undefined ? 'This page is a report. Its maker is not told.' : madeWords(made)}
          {sessionProblem !== undefined && ` Its verdicts and notes cannot be shown: ${sessionProblem}`}
          {shown.status === 'other' && ' What is open is not what the report holds.'}
        </p>
        {made !== undefined && made.from.length > 0 && <MadeFrom from={made.from} />}
      </div>
      {shown.status === 'other' && (
        <button type="button" className="link-button" onClick={shown.openAgain}>
          Open what the report holds
        </button>
      )}
    </div>
  )
}

function MadeFrom({ from }: Pick<Made, 'from'>): ReactNode {
  return (
    <details className={styles.files}>
      <summary>{from.length === 1 ? '1 file' : `${from.length} files`} with SHA-256</summary>
      <ul className="data">
        {from.map(({ name, sizeBytes, sha256 }, place) => (
          // Names may be the same twice; the list never changes.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={place}>
            {name} {sizeBytes} bytes {sha256 ?? 'hash not known'}
          </li>
        ))}
      </ul>
    </details>
  )
}

function madeWords({ by, on, from }: Made): ReactNode {
  const more = from.length > 1 ? ` and ${from.length - 1} more` : ''
  return (
    <>
      Report{on === undefined ? '' : ` of ${on}`}, made by {by}
      {from.length > 0 && (
        <>
          {' '}
          from <span className="data">{from[0].name}</span>
          {more}
        </>
      )}
      .
    </>
  )
}
