import { useCallback, useMemo, useRef, useState } from 'react'
import { type Shortcut } from './shortcut.ts'
import { type TellShortcuts } from './view-shortcuts.ts'

/** What the parts of the view that is shown have told, and a way to take an action of a screen that is not shown yet. */
export interface ToldShortcuts {
  readonly shortcuts: readonly Shortcut[]
  readonly tell: TellShortcuts
  /** The action is taken when the screen that has it is there. */
  readonly runWhenTold: (id: string) => void
}

/** Gathers the shortcuts of the view. */
export function useToldShortcuts(): ToldShortcuts {
  const [told, setTold] = useState<ReadonlyMap<string, readonly Shortcut[]>>(new Map())
  const due = useRef<string | undefined>(undefined)
  const tell = useCallback<TellShortcuts>((part, shortcuts) => {
    setTold((before) => {
      const next = new Map(before)
      if (shortcuts.length === 0) next.delete(part)
      else next.set(part, shortcuts)
      return next
    })
    const wanted = shortcuts.find(({ id }) => id === due.current)
    if (!wanted) return
    due.current = undefined
    setTimeout(() => wanted.run()) // when the screen is drawn
  }, [])
  const shortcuts = useMemo(() => [...told.values()].flat(), [told])
  return {
    shortcuts,
    tell,
    runWhenTold: (id) => {
      due.current = id
    },
  }
}
