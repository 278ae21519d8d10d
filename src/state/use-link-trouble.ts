import { useLocation, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { isTooLong, readLinkText } from './link-text.ts'
import { isLinkName, type LinkTrouble, readView } from './view-state.ts'

/** What was wrong with a link that was opened, until it is put away. */
export interface ToldTrouble {
  readonly trouble: LinkTrouble
  /** Characters of a text that is no link for its length alone: nothing of it was read. */
  readonly tooLong?: number
  readonly dismiss: () => void
}

/**
 * What of a link was not understood. It stays told when the link is written anew, which is as soon as anything is looked at; another
 * link with troubles of its own takes its place.
 */
export function useLinkTrouble(): ToldTrouble | undefined {
  const router = useRouter()
  useLocation() // draws again with each link
  const { pathname, search, href } = router.history.location
  const [told, setTold] = useState<Omit<ToldTrouble, 'dismiss'>>()
  const [seen, setSeen] = useState<string>()
  if (seen !== href) {
    setSeen(href)
    const found = troubleOf(pathname, search)
    if (found !== undefined) setTold(found)
  }
  return told && { ...told, dismiss: () => setTold(undefined) }
}

/** What is wrong with the text of a link; `undefined` when nothing is. */
export function troubleOf(path: string, search: string): Omit<ToldTrouble, 'dismiss'> | undefined {
  const { trouble } = readView(path, readLinkText(search, isLinkName))
  if (isTooLong(search)) return { trouble, tooLong: search.length }
  const { unread, mended, isCut, laterVersion } = trouble
  return unread.length + mended.length > 0 || isCut || laterVersion !== undefined ? { trouble } : undefined
}
