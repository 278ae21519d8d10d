import { Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import styles from './screen.module.css'

/** What became of the copying; `manual` when the browser does not let pages write to the clipboard. */
export type CopyOutcome = 'copied' | 'manual'

interface CopiedLinkProps {
  readonly link: string
  readonly outcome: CopyOutcome
  readonly onClose: () => void
}

/** Shows the link, selected, so that it can be copied by hand as well. */
export function CopiedLink({ link, outcome, onClose }: CopiedLinkProps): ReactNode {
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
    </Modal>
  )
}

/** Puts a link on the clipboard, and tells whether that worked. */
export function useCopyLink(): {
  readonly shown?: Omit<CopiedLinkProps, 'onClose'>
  readonly copy: (link: string) => void
  readonly close: () => void
} {
  const [shown, setShown] = useState<Omit<CopiedLinkProps, 'onClose'>>()
  const copy = async (link: string): Promise<void> => {
    setShown({ link, outcome: 'manual' }) // at once: a browser may ask first, and then the link can be copied by hand
    const outcome = await writeToClipboard(link)
    setShown((now) => (now?.link === link ? { link, outcome } : now))
  }
  return { shown, copy: (link) => void copy(link), close: () => setShown(undefined) }
}

async function writeToClipboard(text: string): Promise<CopyOutcome> {
  // Absent outside secure contexts, refused without permission.
  const clipboard: Clipboard | undefined = navigator.clipboard
  if (clipboard === undefined) return 'manual'
  try {
    await clipboard.writeText(text)
    return 'copied'
  } catch {
    return 'manual'
  }
}
