import { type ReactNode, useCallback } from 'react'
import { sourceAddress, type SourceFacts } from '../../base/source-template.ts'
import { useSettings } from '../../state/settings-store.ts'
import { shownOf, useQuery } from '../../state/use-query.ts'
import { useCapture } from '../../state/use-trace.ts'
import { SourceContext, sourceRelease } from '../widgets/stack-copy.ts'

const KERNEL = { filter: 'kernel', offset: 0, limit: 20 }

/** Tells stacks where the source of a frame is, where a person has said how: the release is that of the traced kernel. */
export function SourceLinks({ children }: { readonly children: ReactNode }): ReactNode {
  const [{ sourceTemplate }] = useSettings()
  const capture = useCapture()
  const isWanted = capture !== undefined && sourceTemplate.includes('{release}')
  const answer = shownOf(useQuery('machine', isWanted ? KERNEL : undefined))
  const release = sourceRelease(answer?.rows.find(({ name }) => name === 'kernel')?.text)
  const addressOf = useCallback(
    (facts: SourceFacts) => sourceAddress(sourceTemplate, { ...facts, release }),
    [sourceTemplate, release],
  )
  return <SourceContext value={addressOf}>{children}</SourceContext>
}
