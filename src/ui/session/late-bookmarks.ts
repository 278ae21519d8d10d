import { useCallback, useMemo, useState } from 'react'
import { type FileIdentity } from '../../session/carried.ts'

/** A line of a file, whatever capture is open. */
export interface MarkedLine {
  readonly file: FileIdentity
  /** 1-based. */
  readonly line: number
}

/** A bookmark that went wrong after its dialog was closed. */
export interface LateBookmark extends MarkedLine {
  /** As it was kept: what is said is true of this label alone. */
  readonly label: string
  readonly words: string
}

/** Tells what became of the bookmark on a line; without `said` nothing is to be said of it any more. */
export type TellLate = (on: MarkedLine, said?: Pick<LateBookmark, 'label' | 'words'>) => void

/** Bookmarks that went wrong after their dialog was closed. */
export interface LateBookmarks {
  /** One a line, of all captures that were open. */
  readonly told: readonly LateBookmark[]
  readonly tell: TellLate
  /** Puts these away. */
  readonly dismiss: (seen: readonly LateBookmark[]) => void
}

/** Keeps what is to be said of bookmarks whose dialog is closed, until it is put away or tried again. */
export function useLateBookmarks(): LateBookmarks {
  const [told, setTold] = useState<readonly LateBookmark[]>([])
  const tell = useCallback<TellLate>(({ file, line }, said) => {
    setTold((before) => {
      const others = before.filter((one) => one.line !== line || !isSameFile(one.file, file))
      if (said !== undefined) return [...others, { file, line, ...said }]
      return others.length === before.length ? before : others
    })
  }, [])
  const dismiss = useCallback((seen: readonly LateBookmark[]): void => {
    setTold((before) => before.filter((one) => !seen.includes(one)))
  }, [])
  return useMemo(() => ({ told, tell, dismiss }), [told, tell, dismiss])
}

/** Whether two are one file by what is in it; the names may differ. */
export function isSameFile(one: FileIdentity, other: FileIdentity): boolean {
  return one.hashes.some((hash) => other.hashes.includes(hash))
}
