import { Dropzone } from '@mantine/dropzone'
import { type ReactNode, useEffect, useEffectEvent } from 'react'

/** The whole window takes files, several at once, and whole folders; and text or files that are pasted. */
export function DropTarget({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }): ReactNode {
  usePaste(onFiles)
  return (
    // For pointers only: those who cannot see it have the buttons.
    <div aria-hidden="true">
      <Dropzone.FullScreen onDrop={onFiles} withinPortal={false} activateOnKeyboard={false}>
        <p style={{ textAlign: 'center', paddingBlock: '40vh' }}>Drop to open. Nothing leaves this machine.</p>
      </Dropzone.FullScreen>
    </div>
  )
}

/** A field whose text is its own; the box that is there to be pasted into has none. */
const OWN_FIELD = 'input, textarea:not([data-takes-paste])'

function usePaste(onFiles: (files: readonly File[]) => void): void {
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const isField = event.target instanceof Element && event.target.closest(OWN_FIELD) !== null
    if (isField || !event.clipboardData) return
    const files = filesOfPaste(event.clipboardData)
    if (files.length === 0) return
    event.preventDefault()
    onFiles(files)
  })
  useEffect(() => {
    const listener = (event: ClipboardEvent): void => onPaste(event)
    window.addEventListener('paste', listener)
    return () => window.removeEventListener('paste', listener)
  }, [])
}

/** What a paste brings: its files, else its text as a file of its own. */
export function filesOfPaste(data: Pick<DataTransfer, 'files' | 'getData'>): readonly File[] {
  if (data.files.length > 0) return [...data.files]
  const text = data.getData('text/plain')
  return text.trim() === '' ? [] : [new File([text], 'pasted text', { type: 'text/plain' })]
}
