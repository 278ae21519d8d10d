import { createContext, use, useEffect, useEffectEvent } from 'react'
import { type Shortcut } from './shortcut.ts'
import { useShortcuts } from './use-shortcuts.ts'

/** What a view's key does, without the doing: a constant of the view, so that the palette is told only once. */
export type ShortcutName = Omit<Shortcut, 'run' | 'worksInText'>

/** Takes the shortcuts of the view that is shown; the frame puts them into the palette. */
export const ViewShortcutsContext = createContext<(shortcuts: readonly Shortcut[]) => void>(() => undefined)

/** Keys of one view: bound while it is shown, and found by name in the palette. `names` must be a constant. */
export function useViewShortcuts(names: readonly ShortcutName[], run: (id: string) => void): void {
  const tell = use(ViewShortcutsContext)
  const onRun = useEffectEvent(run)
  useShortcuts(names.map((name) => ({ ...name, run: () => run(name.id) })))
  useEffect(() => {
    tell(names.map((name) => ({ ...name, run: () => onRun(name.id) })))
    return () => tell([])
  }, [names, tell])
}
