import { type ReactNode, useId, useState } from 'react'
import { type Clock } from '../../base/clock.ts'
import { formatPfn } from '../../base/pfn.ts'
import { type EventAnswer } from '../../queries/events.ts'
import { type CaptureIdentity, type FileIdentity, namesOfEvent } from '../../session/carried.ts'
import { viewField } from '../../session/session.ts'
import { LIMITS } from '../../session/session-limits.ts'
import { formatPlace, parsePlace } from '../../state/place-in-link.ts'
import { type Writing } from '../../state/session-store.ts'
import { timeToLink } from '../../state/time-in-link.ts'
import { useCaptureIdentity, useTriageSession } from '../../state/use-triage-session.ts'
import { useCapture } from '../../state/use-trace.ts'
import { type EventFilters, type SelectedEvent, useSelectedEvent } from '../events/use-event-rows.ts'
import { Dialog } from '../shell/dialog.tsx'
import { type TellLate } from './late-bookmarks.ts'
import styles from './session.module.css'
import { aboutOf, onOf } from './subject-of.ts'

interface BookmarkDialogProps {
  /** `trace.txt:8127`. */
  readonly place: string
  readonly onClose: () => void
  /** Told what went wrong with a label after the dialog was closed, and of each that is kept that nothing did so far. */
  readonly onLate: TellLate
}

/** Gives a line a label. Of an event its time and PFN are kept with it, so that timelines draw it. */
export function BookmarkDialog({ place, onClose, onLate }: BookmarkDialogProps): ReactNode {
  const identity = useCaptureIdentity()
  const clock = useCapture()?.overview.clock
  const at = parsePlace(place)
  const file = identity?.files.find(({ name }) => name === at?.fileName)
  if (identity === undefined || clock === undefined || at === undefined || file === undefined) {
    return (
      <Dialog title="Bookmark" onClose={onClose}>
        <p>The file of {place} is not open.</p>
      </Dialog>
    )
  }
  return (
    <Dialog title={`Bookmark ${formatPlace(at)}`} onClose={onClose}>
      <BookmarkForm key={place} line={at.line} {...{ place, identity, file, clock, onClose, onLate }} />
    </Dialog>
  )
}

interface BookmarkFormProps extends BookmarkDialogProps {
  readonly line: number
  readonly identity: CaptureIdentity
  readonly file: FileIdentity
  readonly clock: Clock
}

function BookmarkForm({ place, line, identity, file, clock, onClose, onLate }: BookmarkFormProps): ReactNode {
  const [{ session }, store] = useTriageSession()
  const fieldId = useId()
  const [problem, setProblem] = useState('')
  /** The label that was kept before it was known which event this is. */
  const [kept, setKept] = useState<string>()
  const looked = useSelectedEvent(EVERY_EVENT, place)
  const names = namesOfEvent(file, line)
  const given = viewField(session, names, 'label')
  /** Why it could not be written; empty when it was. */
  const write = (event: EventAnswer | undefined, said: Pick<Writing, 'value'>): string => {
    const about = aboutOf({ file: file.name, release: identity.release, ...eventWords(event, clock) })
    const outcome = store.write(`bookmark, ${place}`, [{ names, about, field: 'label', ...said, ...onOf(identity) }])
    const trouble = outcome.ok ? '' : outcome.error
    setProblem(trouble)
    return trouble
  }
  const isKept = (label: string): boolean => viewField(store.state().session, names, 'label').value === label
  const save = async (form: HTMLFormElement): Promise<void> => {
    const label = labelIn(form)
    if (write(looked.event, { value: label === '' ? null : label }) !== '') return
    onLate({ file, line })
    if (label === '' || looked.event !== undefined || isNoEvent(looked)) return onClose()
    // Who types fast is done before the worker has told which event this is. The label waits for nothing; what timelines
    // need is added when it is told, also after the dialog was closed.
    setKept(label)
    const found = await looked.find()
    const trouble = found?.event === undefined ? '' : write(found.event, {})
    // Of a label that was taken back or changed meanwhile there is nothing to tell.
    if (!form.isConnected && isKept(label) && (found === undefined || trouble !== ''))
      return onLate({ file, line }, { label, words: lateText(label, place, trouble) })
    if (found?.event === undefined || trouble !== '') return
    if (form.isConnected && labelIn(form) === label) onClose()
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void save(event.currentTarget)
      }}
    >
      <p className={looked.event === undefined ? undefined : 'data'}>{eventText(looked)}</p>
      <label htmlFor={fieldId}>Label</label>
      <input
        id={fieldId}
        name={LABEL}
        className="text-input"
        type="text"
        data-autofocus
        autoComplete="off"
        maxLength={LIMITS.line}
        defaultValue={given.value ?? given.conflict.map(({ value }) => value ?? '').join(' / ')}
      />
      {kept !== undefined && <output className={styles.notice}>{keptText(kept, looked)}</output>}
      {problem !== '' && <output className={styles.notice}>{problem}</output>}
      <p className={styles.by}>An empty label takes the bookmark away. Enter keeps it in this browser.</p>
      <button type="submit" className={styles.button}>
        Keep
      </button>
    </form>
  )
}

const LABEL = 'label'
const EVERY_EVENT: EventFilters = {}

function labelIn(form: HTMLFormElement): string {
  const entered = new FormData(form).get(LABEL)
  return typeof entered === 'string' ? entered.trim() : ''
}

function isNoEvent({ event, isLoading, problem }: SelectedEvent): boolean {
  return event === undefined && !isLoading && problem === undefined
}

function eventText({ event, isLoading, problem }: SelectedEvent): string {
  if (event !== undefined)
    return `${event.name} ${event.operation} at ${event.time.text}${event.pfn < 0 ? '' : `, pfn ${formatPfn(event.pfn)}`}`
  if (isLoading) return 'Looking for the event of this line…'
  if (problem !== undefined) return `It could not be found out which event this line is: ${problem}`
  return 'This line is no event: it is listed, and on no timeline.'
}

/** What became of a label that was kept before it was known which event it is of. */
function keptText(label: string, { event, isLoading, problem }: SelectedEvent): string {
  if (event !== undefined) return `“${label}” is kept, with time and page of the event.`
  if (isLoading)
    return `“${label}” is kept. Time and page of the event are added when it is found, also once this is closed.`
  if (problem !== undefined)
    return `“${label}” is kept without time and page: it is listed, and on no timeline. Keep it again to look for the event again.`
  return `“${label}” is kept.`
}

/** The same of a dialog that was closed before it was known. */
function lateText(label: string, place: string, trouble: string): string {
  const why = trouble === '' ? 'its event could not be looked for.' : trouble
  return `The bookmark “${label}” on ${place} is kept without time and page, and is on no timeline: ${why} Select the line and press k then b to try again.`
}

function eventWords(event: EventAnswer | undefined, clock: Clock) {
  if (event === undefined) return {}
  return {
    what: `${event.name} ${event.operation}`.trim(),
    time: event.time.text,
    ns: timeToLink(event.time.ns, clock),
    pfn: event.pfn < 0 ? '' : formatPfn(event.pfn),
  }
}
