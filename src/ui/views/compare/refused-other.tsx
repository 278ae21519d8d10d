import { Button } from '@mantine/core'
import { type ReactNode } from 'react'
import { identityWords, mainFileOf, refWords } from '../../../state/capture-ref.ts'
import { type Comparison } from '../../../state/use-comparison.ts'
import screen from '../../shell/screen.module.css'
import { type OtherDialogs } from './other-files.tsx'

interface RefusedOtherProps {
  readonly comparison: Comparison
  readonly dialogs: OtherDialogs
}

/** B is not, or not yet for sure, the capture that the link asks for: says which it is, and leaves the choice. */
export function RefusedOther({ comparison, dialogs }: RefusedOtherProps): ReactNode {
  const { asked, capture, admission, actions } = comparison
  if (!asked || !capture || admission === undefined) return null
  const came = mainFileOf(capture.overview.files)
  return (
    <div className={screen.screen} role="alert">
      <h2 className={screen.answer}>{TITLES[admission] ?? TITLES.other_file}</h2>
      <dl>
        <dt>asked for as B</dt>
        <dd className="data">{refWords(asked)}</dd>
        <dt>what came</dt>
        <dd className="data">
          {came ? identityWords(came) : 'no readable file'}
          {capture.overview.files.length > 1 && ` and ${capture.overview.files.length - 1} more`}
        </dd>
      </dl>
      <p>Rows and lines that the link names mean nothing in another file. A is not touched.</p>
      <div className={screen.buttons}>
        <Button size="compact-md" title="c" onClick={() => dialogs.files.current?.click()}>
          Choose files of B
        </Button>
        <Button size="compact-md" variant="default" onClick={actions.takeAnyway}>
          Compare with what came
        </Button>
        <Button size="compact-md" variant="default" onClick={actions.close}>
          Close B
        </Button>
      </div>
    </div>
  )
}

const TITLES: Readonly<Record<string, string>> = {
  other_file: 'B is not the file that the link compares with',
  not_known_yet: 'Whether B is the file that the link compares with is known when it is hashed',
  cannot_be_known: 'Nobody can tell whether B is the file that the link compares with',
}
