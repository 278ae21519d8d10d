import { type ReactNode, type RefObject, useRef } from 'react'

/** Opens the system's dialogs for the files of B. */
export interface OtherDialogs {
  readonly files: RefObject<HTMLInputElement | null>
  readonly folder: RefObject<HTMLInputElement | null>
}

/** The two hidden inputs behind "Choose files" and "Choose a folder", with what opens them. */
export function useOtherDialogs(): OtherDialogs {
  return { files: useRef<HTMLInputElement>(null), folder: useRef<HTMLInputElement>(null) }
}

/** An attribute that every browser knows and React has no type for. */
const FOLDER = { webkitdirectory: '' }

interface OtherFilesProps {
  readonly dialogs: OtherDialogs
  readonly onFiles: (files: readonly File[]) => void
}

/** Hidden inputs: what is chosen is read as B. */
export function OtherFiles({ dialogs: { files, folder }, onFiles }: OtherFilesProps): ReactNode {
  const take = (input: HTMLInputElement): void => {
    const chosen = [...(input.files ?? [])]
    if (chosen.length > 0) onFiles(chosen)
    input.value = '' // choosing the same file again is a change again
  }
  return (
    <>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label="Files to compare with"
        onChange={(event) => take(event.target)}
      />
      <input
        ref={folder}
        type="file"
        {...FOLDER}
        hidden
        aria-label="Folder to compare with"
        onChange={(event) => take(event.target)}
      />
    </>
  )
}
