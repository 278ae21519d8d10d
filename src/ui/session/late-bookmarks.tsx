import { type ReactNode, useCallback, useMemo, useState } from 'react'
import screen from '../shell/screen.module.css'

/** Bookmarks that went wrong after their dialog was closed. */
export interface LateBookmarks {
  /** What is to be said of each, one a place. */
  readonly words: readonly string[]
  /** What became of the bookmark at a place; without words nothing is to be said of it any more. */
  readonly tell: (place: string, words?: string) => void
  readonly dismiss: () => void
}

/** Keeps what is to be said of bookmarks whose dialog is closed, until it is put away or no longer true. */
export function useLateBookmarks(): LateBookmarks {
  const [told, setTold] = useState<ReadonlyMap<string, string>>(new Map())
  const tell = useCallback((place: string, words?: string): void => {
    setTold((before) => {
      if (words === undefined && !before.has(place)) return before
      const others = [...before].filter(([other]) => other !== place)
      return new Map(words === undefined ? others : [...others, [place, words]])
    })
  }, [])
  const dismiss = useCallback(() => setTold(new Map()), [])
  return useMemo(() => ({ words: [...told.values()], tell, dismiss }), [told, tell, dismiss])
}

/** Says it over the view: whoever typed the label looks at something else by now. */
export function LateBookmarkNotice({ late }: { readonly late: LateBookmarks }): ReactNode {
  if (late.words.length === 0) return null
  return (
    <div className={screen.notice} role="alert">
      <div>
        {late.words.map((words) => (
          <p key={words}>{words}</p>
        ))}
      </div>
      <button type="button" className="link-button" onClick={late.dismiss}>
        Dismiss
      </button>
    </div>
  )
}
