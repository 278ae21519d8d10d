import { useCallback } from 'react'
import { type TriageRangeRow } from '../../queries/triage-rows.ts'
import { type FieldView } from '../../session/register.ts'
import { carriedTo, namesOfRange, namesOfStack } from '../../session/carried.ts'
import { viewField } from '../../session/session.ts'
import { useCaptureIdentity, useTriageSession } from '../../state/use-triage-session.ts'
import { verdictCell } from './verdict-mark.tsx'

/** What the column of triage verdicts says of a failed range; what is carried over stands in brackets. */
export function useRangeVerdicts(): (row: Pick<TriageRangeRow, 'id' | 'stack'>) => string {
  const [{ session }] = useTriageSession()
  const identity = useCaptureIdentity()
  return useCallback(
    ({ id, stack }) => {
      if (identity === undefined || session.size === 0) return ''
      const own = verdictCell(viewField(session, namesOfRange(identity, id), 'verdict'))
      if (own !== '') return own
      return carriedText(carriedTo(session, identity, stack).map(({ verdict }) => verdict))
    },
    [session, identity],
  )
}

/** What the column of triage verdicts says of a stack. */
export function useStackVerdicts(): (hash: string) => string {
  const [{ session }] = useTriageSession()
  return useCallback(
    (hash) => (hash === '' ? '' : verdictCell(viewField(session, namesOfStack(hash), 'verdict'))),
    [session],
  )
}

function carriedText(verdicts: readonly FieldView[]): string {
  const cells = [...new Set(verdicts.map(verdictCell).filter((cell) => cell !== ''))]
  return cells.length === 0 ? '' : `(carried over: ${cells.join(', ')})`
}
