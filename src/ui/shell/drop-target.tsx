import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { filesOfDrop } from './files-of-drop.ts'
import styles from './drop-target.module.css'

/** The whole window takes files, several at once, and whole folders; and text or files that are pasted. */
export function DropTarget({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }): ReactNode {
  usePaste(onFiles)
  const isOver = useDrop(onFiles)
  if (!isOver) return null
  return (
    // For pointers only: those who cannot see it have the buttons.
    <div aria-hidden="true" className={styles.over}>
      Drop to open. Nothing leaves this machine.
    </div>
  )
}

/** True while files are over the window. Enters and leaves are counted, because each element of the page tells its own. */
function useDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [depth, setDepth] = useState(0)
  const onDrag = useEffectEvent((event: DragEvent) => {
    if (!event.dataTransfer || !hasFiles(event.dataTransfer)) return
    event.preventDefault() // or the browser would leave the page for the file
    if (event.type === 'dragenter') setDepth((now) => now + 1)
    if (event.type === 'dragleave') setDepth((now) => Math.max(0, now - 1))
    if (event.type !== 'drop') return
    setDepth(0)
    void filesOfDrop(event.dataTransfer).then((files) => files.length > 0 && onFiles(files))
  })
  useEffect(() => {
    const listener = (event: DragEvent): void => onDrag(event)
    const names = ['dragenter', 'dragover', 'dragleave', 'drop'] as const
    for (const name of names) window.addEventListener(name, listener)
    return () => {
      for (const name of names) window.removeEventListener(name, listener)
    }
  }, [])
  return depth > 0
}

function hasFiles({ types }: DataTransfer): boolean {
  return [...types].includes('Files')
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
