import { type ReactNode } from 'react'
import { type PinnersAnswer } from '../../../queries/pinners.ts'
import { useCapture } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { EmptyNote } from '../../widgets/empty-note.tsx'

interface NoPinnersProps {
  readonly answer: PinnersAnswer | undefined
  readonly problem: string | undefined
}

/** Why no stack is listed, and what would list some. */
export function NoPinners({ answer, problem }: NoPinnersProps): ReactNode {
  const [, setView] = useView()
  const capture = useCapture()
  if (problem) return <EmptyNote title="The holds could not be read.">{problem}</EmptyNote>
  if (capture?.overview.refEvents === 0) {
    return (
      <EmptyNote title="No page_ref events.">
        Holds are gets paired with their puts: page_ref events with stacks. None of the open files has such events; what
        page_pinner, page_owner and the kernel log tell of a page is on its own screen.
      </EmptyNote>
    )
  }
  const { expected = 0, short = 0 } = answer?.hidden ?? {}
  if (expected + short === 0) {
    return (
      <EmptyNote title="No hold passes.">
        The trace has no reference with a stack that matches the filter. page_ref events with stacks are what holds are
        made of.
      </EmptyNote>
    )
  }
  return (
    <EmptyNote title="No hold is that long.">
      {short > 0 && (
        <button type="button" className="link-button" onClick={() => setView({ thresholdUs: 0 }, { replace: true })}>
          List the {short} shorter
        </button>
      )}{' '}
      {expected > 0 && (
        <button
          type="button"
          className="link-button"
          onClick={() => setView({ includeExpected: true, shownRules: [] }, { replace: true })}
        >
          List the {expected} expected
        </button>
      )}
    </EmptyNote>
  )
}
