import { type ReactNode } from 'react'
import { formatPfnRange } from '../../base/pfn.ts'
import { type FoundRange, type FoundSoFar as Found } from '../../queries/found-ranges.ts'
import { TRIGGER_WORDS } from '../timeline/trigger-words.ts'
import styles from './found-so-far.module.css'
import { foundCount } from './loading-bar.tsx'
import { usePaced } from './use-paced.ts'

const SPOKEN_EVERY_MS = 2000

/** The failed ranges that were found while files are still read, in time order. Nobody is named here. */
export function FoundSoFar({ found }: { readonly found: Found }): ReactNode {
  const spoken = usePaced(found.total, SPOKEN_EVERY_MS)
  const left = found.total - found.atEnd.length - found.ranges.length
  return (
    <section className={styles.found} aria-labelledby="found-so-far">
      <h1 id="found-so-far" className={styles.heading}>
        {capitalised(foundCount(found.total))}
      </h1>
      <p className={styles.dim}>
        More may follow while the rest is read. Who holds their pages is judged when the files are read whole.
      </p>
      <output className={styles.spoken}>{foundCount(spoken)}</output>
      {found.total > 0 && <FoundTable found={found} />}
      {left > 0 && <p className={styles.dim}>and {left} more, listed when the files are read</p>}
    </section>
  )
}

function FoundTable({ found }: { readonly found: Found }): ReactNode {
  return (
    // Scrolls sideways in a narrow window, by keys too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.scroller} aria-label="List of what was found so far" tabIndex={0}>
      <table className={`${styles.table} data`}>
        <thead>
          <tr>
            <th scope="col">range</th>
            <th scope="col">what failed</th>
            <th
              scope="col"
              className={styles.number}
              title="As the file prints it; in brackets when only the kernel log tells"
            >
              failed at
            </th>
            <th scope="col" className={styles.number} title="Times that the kernel said so, as far as was looked">
              times
            </th>
            <th scope="col">told in</th>
          </tr>
        </thead>
        {found.atEnd.length > 0 && (
          <FoundRows ranges={found.atEnd} title="at the end of the trace, which is looked at first" />
        )}
        <FoundRows
          ranges={found.ranges}
          title={found.atEnd.length > 0 && found.ranges.length > 0 ? 'from its beginning on' : undefined}
        />
      </table>
    </section>
  )
}

interface FoundRowsProps {
  readonly ranges: readonly FoundRange[]
  readonly title: string | undefined
}

function FoundRows({ ranges, title }: FoundRowsProps): ReactNode {
  return (
    <tbody>
      {title !== undefined && (
        <tr>
          <th scope="rowgroup" colSpan={5} className={styles.title}>
            {title}
          </th>
        </tr>
      )}
      {ranges.map((range) => (
        <tr key={range.key}>
          <th scope="row">{formatPfnRange(range.startPfn, range.endPfn)}</th>
          <td>{TRIGGER_WORDS[range.trigger]}</td>
          <td className={styles.number}>{timeText(range)}</td>
          <td className={styles.number}>{range.times}</td>
          <td>{placeText(range)}</td>
        </tr>
      ))}
    </tbody>
  )
}

function placeText({ fileName, line }: FoundRange): string {
  return line === undefined ? `${fileName}, line not counted yet` : `${fileName}:${line}`
}

/** As the table of failed ranges writes it. */
function timeText({ time, isLogTime }: FoundRange): string {
  if (time === '') return 'not recorded'
  return isLogTime ? `[${time}]` : time
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
