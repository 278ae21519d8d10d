import { Button } from '@mantine/core'
import { type ReactNode } from 'react'
import { type CaptureRef, mainFileOf, refWords } from '../../../state/capture-ref.ts'
import { hasExample } from '../../../state/example.ts'
import { useCapture } from '../../../state/use-trace.ts'
import { type ComparisonActions } from '../../../state/use-comparison.ts'
import screen from '../../shell/screen.module.css'
import { type OtherDialogs } from './other-files.tsx'

interface NoOtherProps {
  readonly asked: CaptureRef | undefined
  readonly actions: ComparisonActions
  readonly dialogs: OtherDialogs
}

/** No second capture is open: what comparing does, and the ways in; or which one the link asks for. */
export function NoOther({ asked, actions, dialogs }: NoOtherProps): ReactNode {
  const files = useCapture()?.overview.files ?? []
  return (
    <div className={screen.target}>
      <div className={screen.screen}>
        <h2 className={screen.answer}>
          {asked ? 'This link compares with another capture' : 'Compare with another capture'}
        </h2>
        {asked ? (
          <dl>
            <dt>asked for as B</dt>
            <dd className="data">{refWords(asked)}</dd>
          </dl>
        ) : (
          <>
            <p>
              The open capture is A (<span className="data">{mainFileOf(files)?.name}</span>
              {files.length > 1 && ` and ${files.length - 1} more files`}). Open a second one, B: a good and a bad
              kernel, before and after a patch.
            </p>
            <p>Holders, stacks, tasks and classes stand side by side, what changed most for failed ranges first.</p>
            <p>
              Counts are given raw and per second or per attempt; where so few differ that chance would do it, that is
              said. B is read in a worker of its own, and A stays as it is.
            </p>
          </>
        )}
        <div className={screen.buttons}>
          <Button size="compact-md" title="c" onClick={() => dialogs.files.current?.click()}>
            Choose files of B
          </Button>
          <Button size="compact-md" variant="default" onClick={() => dialogs.folder.current?.click()}>
            Choose a folder of B
          </Button>
          {asked === undefined && hasExample() && (
            <Button size="compact-md" variant="default" onClick={actions.openExample}>
              Compare with the example
            </Button>
          )}
          {asked !== undefined && (
            <Button size="compact-md" variant="default" onClick={actions.close}>
              Compare with nothing
            </Button>
          )}
        </div>
        <p className={screen.dim}>
          Files dropped on this screen are asked about: compare with, add to A, or open instead. Nothing leaves this
          machine.
        </p>
      </div>
    </div>
  )
}
