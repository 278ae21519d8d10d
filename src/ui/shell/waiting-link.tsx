import { Button } from '@mantine/core'
import { type ReactNode } from 'react'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { Dialog } from './dialog.tsx'
import { HashingBar } from './hashing-bar.tsx'

interface WaitingLinkProps {
  readonly file: OverviewAnswer['files'][number]
  readonly onClose: () => void
}

/** A link was asked for, and waits until it is known which file it is about. */
export function WaitingLink({ file, onClose }: WaitingLinkProps): ReactNode {
  return (
    <Dialog onClose={onClose} title="The link comes in a moment" size="wide">
      <p>
        A link knows its file by content, so that it never opens another one. <span className="data">{file.name}</span>{' '}
        is large and is being hashed now; the link is copied when that is done.
      </p>
      <HashingBar file={file} />
      <p>
        <Button size="compact-md" variant="default" data-autofocus onClick={onClose}>
          Do not wait
        </Button>
      </p>
    </Dialog>
  )
}
