import { type ReactNode, type Ref, useImperativeHandle, useRef } from 'react'

/** Opens the system's dialogs for files and for a folder. */
export interface FileDialogs {
  readonly chooseFiles: () => void
  readonly chooseFolder: () => void
}

interface FileInputsProps {
  readonly dialogs: Ref<FileDialogs>
  readonly onFiles: (files: readonly File[]) => void
}

/** An attribute that every browser knows and React has no type for. */
const FOLDER = { webkitdirectory: '' }

/** The two hidden inputs behind "Choose files" and "Choose a folder". */
export function FileInputs({ dialogs, onFiles }: FileInputsProps): ReactNode {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  useImperativeHandle(dialogs, () => ({
    chooseFiles: () => files.current?.click(),
    chooseFolder: () => folder.current?.click(),
  }))
  const take = (input: HTMLInputElement): void => {
    onFiles([...(input.files ?? [])])
    input.value = '' // choosing the same file again is a change again
  }
  return (
    <>
      <input ref={files} type="file" multiple hidden aria-label="Files" onChange={(event) => take(event.target)} />
      <input ref={folder} type="file" {...FOLDER} hidden aria-label="Folder" onChange={(event) => take(event.target)} />
    </>
  )
}
