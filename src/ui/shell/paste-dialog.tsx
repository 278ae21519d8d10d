import { type ReactNode } from 'react'
import { Dialog } from './dialog.tsx'
import { PasteBox } from './paste-box.tsx'

/** Somewhere to paste into while something is open: the window takes the paste, and the dialog goes. */
export function PasteDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  return (
    <Dialog title="Paste text to open" size="wide" onClose={onClose}>
      <p>A trace, a dump, a log, or a mail with such in it. It stays in this tab.</p>
      <PasteBox hasFocus />
    </Dialog>
  )
}
