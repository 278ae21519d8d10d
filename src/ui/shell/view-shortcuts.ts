import { createContext, use, useEffect, useEffectEvent, useId } from 'react'
import { type Shortcut, type ShortcutName } from './shortcut.ts'
import { useShortcuts } from './use-shortcuts.ts'

/** Takes the shortcuts of one part of the view that is shown; none when it goes. The frame puts them into the palette. */
export type TellShortcuts = (part: string, shortcuts: readonly Shortcut[]) => void

/** Where parts of the view tell their shortcuts. */
export const ViewShortcutsContext = createContext<TellShortcuts>(() => undefined)

/**
 * Keys of one view, or of a part of it: bound while it is shown, and found by name in the palette. `names` must be a
 * constant of `ui/keys/`, which Help and the palette read while another screen is shown.
 */
export function useViewShortcuts(names: readonly ShortcutName[], run: (id: string) => void): void {
  const tell = use(ViewShortcutsContext)
  const part = useId()
  const onRun = useEffectEvent(run)
  useShortcuts(names.map((name) => ({ ...name, run: () => run(name.id) })))
  useEffect(() => {
    tell(
      part,
      names.map((name) => ({ ...name, run: () => onRun(name.id) })),
    )
    return () => tell(part, [])
  }, [names, part, tell])
}
