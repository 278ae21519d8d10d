import { type ReactNode } from 'react'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { type TraceState } from '../../state/capture-store.ts'
import styles from './screen.module.css'

type Failed = Extract<TraceState, { status: 'failed' }>
type Files = OverviewAnswer['files']

/** A load that failed: what was tried, what to do, and that nothing else was touched. */
export function FailureNotice({
  state,
  onRetry,
  onDismiss,
}: {
  readonly state: Failed
  readonly onRetry: () => void
  readonly onDismiss: () => void
}): ReactNode {
  return (
    <div className={styles.notice} role="alert">
      <div>
        {isTold(state) ? (
          <p>Nothing that was opened can be read.</p>
        ) : (
          <p>
            <span className="data">{namesOf(state.names.map((name) => ({ name })))}</span> could not be opened.{' '}
            {state.problem.message}
          </p>
        )}
        <FileProblems files={state.files} />
        {state.capture && <p className={styles.dim}>What was open before is still open.</p>}
      </div>
      <button type="button" className="link-button" onClick={onRetry}>
        Try again
      </button>
      <button type="button" className="link-button" onClick={onDismiss} title="Esc">
        Dismiss
      </button>
    </div>
  )
}

/** True when the list of files says all that the message does. */
function isTold({ problem, files }: Failed): boolean {
  return problem.code === 'nothing_readable' && files.length > 0
}

interface UnreadNoticeProps {
  readonly files: Files
  readonly onShow: () => void
  readonly onDismiss: () => void
}

const MOST_NAMED = 5

/** Some of the files could not be read, or not to their end, or are arrays of unknown pages; the others are open. Why each was not read is in Files: here it would push the answer down. */
export function UnreadNotice({ files, onShow, onDismiss }: UnreadNoticeProps): ReactNode {
  const damaged = files.filter((file) => hasTrouble(file) && file.format !== 'unknown')
  const unread = files.filter(isUnread)
  const unplaced = files.filter(lacksStart)
  return (
    <div className={styles.notice} role="alert">
      <div>
        <FileProblems files={damaged} />
        {unread.length > 0 && (
          <p>
            {unread.length} of {files.length} files {unread.length === 1 ? 'was' : 'were'} not read:{' '}
            <span className="data">{namesOf(unread)}</span>
          </p>
        )}
        {unplaced.length > 0 && (
          <p>
            No file tells the first PFN of <span className="data">{namesOf(unplaced)}</span>: set it in Files.
          </p>
        )}
      </div>
      <button type="button" className="link-button" onClick={onShow}>
        Show in Files
      </button>
      <button type="button" className="link-button" onClick={onDismiss}>
        Dismiss
      </button>
    </div>
  )
}

/** `a.txt, b.txt and 12 more`. */
export function namesOf(files: readonly { readonly name: string }[]): string {
  const names = files.slice(0, MOST_NAMED).map((file) => file.name)
  const more = files.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
}

/** True for an array of pages that says nothing of any page until somebody tells where it begins. */
export function lacksStart(file: Files[number]): boolean {
  return file.array?.basis === 'none'
}

/** True for a file that none of the readers took, or that is damaged. */
export function hasTrouble(file: Files[number]): boolean {
  return isUnread(file) || file.damage.length > 0
}

/** A file of a slice of which no line is there was not to be read. */
function isUnread({ format, excerpt }: Files[number]): boolean {
  return format === 'unknown' && excerpt?.shown !== 0
}

function FileProblems({ files }: { readonly files: Files }): ReactNode {
  const [only] = files
  if (only === undefined) return null
  // One is a sentence, and no list.
  if (files.length === 1)
    return (
      <p>
        <span className="data">{only.name}</span>: {wordsOf(only)}
      </p>
    )
  const end = files.every(isUnread) ? sharedEnd(files.map(wordsOf)) : ''
  return (
    <>
      <ul className={styles.list}>
        {files.map((file) => (
          <li key={`${file.index} ${file.name}`}>
            <span className="data">{file.name}</span>: {wordsOf(file).slice(0, -end.length || undefined)}
          </li>
        ))}
      </ul>
      {end !== '' && <p>{end.replace(/^; /, '')}</p>}
    </>
  )
}

/** What the words of all files end with, from a semicolon on, as what pinscope reads: it is said once, below them. */
function sharedEnd(words: readonly string[]): string {
  const [first = '', ...others] = words
  const ends = [...first.matchAll(/; /g)].map(({ index }) => first.slice(index))
  return ends.find((end) => others.every((one) => one.endsWith(end))) ?? ''
}

function wordsOf(file: Files[number]): string {
  const known = file.format === 'unknown' ? [] : [`read as ${file.formatLabel}`]
  const words = [...known, ...file.damage, ...(file.format === 'unknown' ? file.notices : [])]
  return words.length > 0 ? words.join('; ') : 'no reader knows this format'
}
