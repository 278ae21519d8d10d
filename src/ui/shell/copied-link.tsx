import { Modal } from '@mantine/core'
import { type ReactNode } from 'react'
import styles from './screen.module.css'

/** What became of the copying; `manual` when the browser does not let pages write to the clipboard. */
export type CopyOutcome = 'copied' | 'manual'

export interface CopiedLinkProps {
  readonly link: string
  readonly outcome: CopyOutcome
  /** The link names its file by its size and samples: there is no hash of it. */
  readonly isSampled: boolean
  readonly onClose: () => void
}

/** Shows the link, selected, so that it can be copied by hand as well. */
export function CopiedLink({ link, outcome, isSampled, onClose }: CopiedLinkProps): ReactNode {
  const word = outcome === 'copied' ? 'Link copied' : 'Copy this link'
  return (
    <Modal opened onClose={onClose} title={word} size="xl" closeButtonProps={{ 'aria-label': 'Close' }}>
      <textarea
        className={`${styles.link} data`}
        readOnly
        rows={4}
        aria-label="Link to this view"
        value={link}
        data-autofocus
        onFocus={(event) => event.target.select()}
      />
      <p>
        {outcome === 'copied' ? 'It is on the clipboard. ' : 'If it is not on the clipboard yet, press Ctrl+C. '}
        The link holds where to look, not the trace: whoever opens it needs the same file.
      </p>
      {isSampled && (
        <p>
          It knows its file by size and samples alone, for there is no hash of the file: the screen Files says why. Open
          the file again for a link that is sure of it.
        </p>
      )}
    </Modal>
  )
}
