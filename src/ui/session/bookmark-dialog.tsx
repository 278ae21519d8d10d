import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { formatPfn } from '../../base/pfn.ts'
import { type EventAnswer } from '../../queries/events.ts'
import { namesOfEvent } from '../../session/carried.ts'
import { viewField } from '../../session/session.ts'
import { LIMITS } from '../../session/session-limits.ts'
import { formatPlace, parsePlace } from '../../state/place-in-link.ts'
import { timeToLink } from '../../state/time-in-link.ts'
import { useCaptureIdentity, useTriageSession } from '../../state/use-triage-session.ts'
import { useCapture } from '../../state/use-trace.ts'
import { useEventOfLine } from '../events/use-event-rows.ts'
import { Dialog } from '../shell/dialog.tsx'
import styles from './session.module.css'
import { aboutOf, onOf } from './subject-of.ts'

interface BookmarkDialogProps {
  /** `trace.txt:8127`. */
  readonly place: string
  readonly onClose: () => void
}

/** Gives a line a label. Of an event its time and PFN are kept with it, so that timelines draw it. */
export function BookmarkDialog({ place, onClose }: BookmarkDialogProps): ReactNode {
  const [{ session }, store] = useTriageSession()
  const identity = useCaptureIdentity()
  const overview = useCapture()?.overview
  const fieldId = useId()
  const [problem, setProblem] = useState('')
  const { event, isLoading, find } = useEventOfLine(place)
  const at = parsePlace(place)
  const file = identity?.files.find(({ name }) => name === at?.fileName)
  if (identity === undefined || overview === undefined || at === undefined || file === undefined) {
    return (
      <Dialog title="Bookmark" onClose={onClose}>
        <p>The file of {place} is not open.</p>
      </Dialog>
    )
  }
  const names = namesOfEvent(file, at.line)
  const given = viewField(session, names, 'label')
  const save = async (form: FormEvent<HTMLFormElement>): Promise<void> => {
    form.preventDefault()
    const entered = new FormData(form.currentTarget).get('label')
    const label = typeof entered === 'string' ? entered.trim() : ''
    // Who types fast is done before the worker has told which event this is: without it the label were on no timeline.
    const about = { file: file.name, release: identity.release, ...eventWords(event ?? (await find()), overview.clock) }
    const written = { names, about: aboutOf(about), field: 'label', value: label === '' ? null : label } as const
    const outcome = store.write(`bookmark, ${place}`, [{ ...written, ...onOf(identity) }])
    if (outcome.ok) onClose()
    else setProblem(outcome.error)
  }
  return (
    <Dialog title={`Bookmark ${formatPlace(at)}`} onClose={onClose}>
      <form className={styles.form} onSubmit={(form) => void save(form)}>
        <p className="data">{eventText(event, isLoading)}</p>
        <label htmlFor={fieldId}>Label</label>
        <input
          id={fieldId}
          name="label"
          className="text-input"
          type="text"
          data-autofocus
          autoComplete="off"
          maxLength={LIMITS.line}
          defaultValue={given.value ?? given.conflict.map(({ value }) => value ?? '').join(' / ')}
        />
        {problem !== '' && <output className={styles.notice}>{problem}</output>}
        <p className={styles.by}>An empty label takes the bookmark away. Enter keeps it in this browser.</p>
        <button type="submit" className={styles.button}>
          Keep
        </button>
      </form>
    </Dialog>
  )
}

function eventText(event: EventAnswer | undefined, isLoading: boolean): string {
  if (event !== undefined)
    return `${event.name} ${event.operation} at ${event.time.text}${event.pfn < 0 ? '' : `, pfn ${formatPfn(event.pfn)}`}`
  return isLoading ? 'Looking for the event of this line…' : 'This line is no event: it is listed, and on no timeline.'
}

function eventWords(event: EventAnswer | undefined, clock: Parameters<typeof timeToLink>[1]) {
  if (event === undefined) return {}
  return {
    what: `${event.name} ${event.operation}`.trim(),
    time: event.time.text,
    ns: timeToLink(event.time.ns, clock),
    pfn: event.pfn < 0 ? '' : formatPfn(event.pfn),
  }
}
