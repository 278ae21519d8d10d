import { type ReactNode, useMemo } from 'react'
import { type FailureAnswer } from '../../queries/wire.ts'
import { type CaptureIdentity, carriedTo, namesOfStack, saidOf } from '../../session/carried.ts'
import { useOfferSubject } from '../../state/session-subject.ts'
import { useCaptureIdentity, useTriageSession } from '../../state/use-triage-session.ts'
import { CarriedList } from './carried-list.tsx'
import { SessionEditor } from './session-editor.tsx'
import { rangeSubject } from './subject-of.ts'
import { verdictCell } from './verdict-mark.tsx'
import styles from './session.module.css'

interface RangeSessionProps {
  readonly failure: FailureAnswer
  readonly isLarge?: boolean
}

/** What people said of a failed range, with its editor; and what was said of its stack here and elsewhere. */
export function RangeSession(props: RangeSessionProps): ReactNode {
  const identity = useCaptureIdentity()
  return identity && <KnownRange identity={identity} {...props} />
}

function KnownRange({
  identity,
  failure,
  isLarge,
}: RangeSessionProps & { readonly identity: CaptureIdentity }): ReactNode {
  const [{ session }] = useTriageSession()
  const subject = useMemo(() => rangeSubject(identity, failure), [identity, failure])
  useOfferSubject(subject)
  const said = useMemo(() => saidOf(session, subject.names), [session, subject])
  const hash = failure.culprit?.stack.hash ?? ''
  const carried = useMemo(() => carriedTo(session, identity, hash), [session, identity, hash])
  const ofStack = useMemo(() => (hash === '' ? undefined : saidOf(session, namesOfStack(hash))), [session, hash])
  const stackWords =
    ofStack === undefined ? '' : [verdictCell(ofStack.verdict), ofStack.note.value ?? ''].join(' ').trim()
  return (
    <div className={styles.range}>
      <SessionEditor subject={subject} said={said} isLarge={isLarge} />
      {stackWords !== '' && (
        <p className={styles.carried}>
          <span className={styles.from}>said of the holder’s stack, in Pinners:</span>{' '}
          <span className={styles.text}>{stackWords}</span>
        </p>
      )}
      <CarriedList carried={carried} />
    </div>
  )
}
