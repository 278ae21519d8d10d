import { type ReactNode, useMemo } from 'react'
import { saidOf } from '../../session/carried.ts'
import { useOfferSubject } from '../../state/session-subject.ts'
import { useCaptureIdentity, useTriageSession } from '../../state/use-triage-session.ts'
import { SessionEditor } from './session-editor.tsx'
import { stackSubject } from './subject-of.ts'

interface StackSessionProps {
  readonly hash: string
  /** Frame that names the holder; empty when none does. */
  readonly holder: string
}

/** What people said of a stack, on whichever capture, with its editor. */
export function StackSession({ hash, holder }: StackSessionProps): ReactNode {
  const [{ session }] = useTriageSession()
  const identity = useCaptureIdentity()
  const subject = useMemo(() => identity && stackSubject(identity, { hash }, holder), [identity, hash, holder])
  useOfferSubject(subject)
  const said = useMemo(() => subject && saidOf(session, subject.names), [session, subject])
  return subject && said && <SessionEditor subject={subject} said={said} />
}
