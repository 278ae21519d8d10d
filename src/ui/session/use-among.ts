import { useMemo } from 'react'
import { type TriageList } from '../../queries/triage.ts'
import { type CaptureIdentity, namesOfRange, saidOf } from '../../session/carried.ts'
import { type Session } from '../../session/session.ts'
import { type SessionChoice } from '../../state/links/session-link.ts'
import { useCaptureIdentity, useTriageSession } from '../../state/use-triage-session.ts'

/** The failed ranges that a choice leaves, as the engine is asked for them; `undefined` for all. */
export function useAmong(choice: SessionChoice | undefined): TriageList['among'] {
  const [{ session }] = useTriageSession()
  const identity = useCaptureIdentity()
  return useMemo(
    () => (choice === undefined || identity === undefined ? undefined : amongOf(session, identity, choice)),
    [session, identity, choice],
  )
}

/** Ids of ranges of these files of which was said what the choice asks for; what is carried over is not said of them. */
export function amongOf(session: Session, identity: CaptureIdentity, choice: SessionChoice): TriageList['among'] {
  const own = new Set(identity.files.flatMap(({ hashes }) => hashes))
  const ids = new Set(
    [...session.values()].flatMap(({ subject }) =>
      subject.kind === 'range' && own.has(subject.hash) ? [subject.failure] : [],
    ),
  )
  const isChosen = (failure: string): boolean => {
    const { verdict, note, assignee } = saidOf(session, namesOfRange(identity, failure))
    if (choice === 'none') return verdict.value !== undefined || verdict.conflict.length > 0
    if (choice === 'conflict') return [verdict, note, assignee].some(({ conflict }) => conflict.length > 0)
    return verdict.value === choice
  }
  return { ids: [...ids].filter(isChosen).toSorted(), isExcluded: choice === 'none' }
}
