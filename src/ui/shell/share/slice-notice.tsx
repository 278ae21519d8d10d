import { type ReactNode } from 'react'
import { counted } from '../../../base/counted.ts'
import { type FileAnswer, type OverviewAnswer } from '../../../queries/overview.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { viewOfSlice } from '../../../state/use-slice-link.ts'
import { DEFAULT_VIEW, thresholdNsOf } from '../../../state/view-state.ts'
import screen from '../screen.module.css'
import styles from './slice-notice.module.css'

interface SliceNoticeProps {
  readonly overview: OverviewAnswer
  readonly slice: NonNullable<OverviewAnswer['slice']>
}

/** What is open is a slice: what is in it, what is not known, and what its sender was told by the whole capture. */
export function SliceNotice({ overview, slice }: SliceNoticeProps): ReactNode {
  const { redacted, leftOut = [], version } = slice
  return (
    <section className={`${screen.notice} ${styles.notice}`} aria-label="This is a slice">
      <p>
        <strong>This is a slice</strong> of a capture: {sizeText(overview.files)}. It has what proves{' '}
        {aboutText(slice.about)}; what it does not have, other holders and other pages too, is not known here, not
        absent.
        {redacted.length > 0 && ` Its sender gave other names to: ${redacted.join(', ')}.`}
        {leftOut.length > 0 && ` Left out: ${leftOut.join('; ')}.`}
        {version > 1 &&
          ` It was made by a newer pinscope (version ${version}): what this one does not know is not shown.`}
      </p>
      <Told overview={overview} />
    </section>
  )
}

/** `slice: 34 of 9000 lines of trace.txt`, of the files that lines are there of. */
function sizeText(files: readonly FileAnswer[]): string {
  const shown = files.flatMap(({ name, unit, excerpt }) =>
    excerpt === undefined || excerpt.shown === 0
      ? []
      : [`${excerpt.shown} of ${counted(excerpt.total, unit)} of ${name}`],
  )
  const none = files.filter(({ excerpt }) => excerpt?.shown === 0).length
  return `${shown.join(', ')}${none === 0 ? '' : `, nothing of ${counted(none, 'other file')}`}`
}

function aboutText(about: SliceNoticeProps['slice']['about']): string {
  return about.kind === 'page' ? `what is told of page ${about.pfn}` : 'what is told of one failed range'
}

/** The sender's lines beside those of the slice: one list where they are the same. */
function Told({ overview }: { readonly overview: OverviewAnswer }): ReactNode {
  const thresholdNs = thresholdNsOf({ ...DEFAULT_VIEW, ...viewOfSlice(overview) })
  const answer = shownOf(useQuery('sliceTold', { thresholdNs }))
  if (answer?.isSlice !== true) return null
  const { told, here } = answer
  if (told.length === 0) return <p>Its sender told nothing beside it.</p>
  const differing = told.filter((line) => !here.includes(line))
  const only = here.filter((line) => !told.includes(line))
  const isSame = differing.length === 0 && only.length === 0
  return (
    <details className={styles.told} open={!isSame}>
      <summary>
        {isSame
          ? 'Told by the sender on the whole capture, and the slice gives the same'
          : 'The slice gives another answer than the whole capture did'}
      </summary>
      {isSame ? (
        <Lines name="told on the whole capture, and by this slice" lines={told} />
      ) : (
        <>
          <Lines name="told by the sender on the whole capture" lines={told} marked={differing} />
          <Lines name="what this slice gives" lines={here} marked={only} />
        </>
      )}
    </details>
  )
}

interface LinesProps {
  readonly name: string
  readonly lines: readonly string[]
  readonly marked?: readonly string[]
}

function Lines({ name, lines, marked = [] }: LinesProps): ReactNode {
  return (
    <div>
      <h3>{name}</h3>
      <ul className="data">
        {lines.map((line) => (
          <li key={line}>{marked.includes(line) ? <mark>{line}</mark> : line}</li>
        ))}
      </ul>
    </div>
  )
}
