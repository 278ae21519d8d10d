import { Button } from '@mantine/core'
import { type ReactNode } from 'react'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { Dialog } from './dialog.tsx'

interface UncopiedLinkProps {
  readonly file: OverviewAnswer['files'][number]
  readonly onClose: () => void
}

/** A link was asked for, and other files came before it was known which one it is about. */
export function UncopiedLink({ file, onClose }: UncopiedLinkProps): ReactNode {
  return (
    <Dialog onClose={onClose} title="No link was copied" size="wide">
      <p>
        What was open was opened anew, or replaced, before <span className="data">{file.name}</span> was hashed: a link
        to what was looked at then cannot name it, and must not name another file. Press y for a link to what is looked
        at now.
      </p>
      <p>
        <Button size="compact-md" variant="default" data-autofocus onClick={onClose}>
          Close
        </Button>
      </p>
    </Dialog>
  )
}
