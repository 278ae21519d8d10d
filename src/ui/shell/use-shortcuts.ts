import { useEffect, useEffectEvent, useRef } from 'react'
import { keyOf, matchKey, type Shortcut } from './shortcut.ts'

/** Time in which the second key of `g r` must follow. ms. */
const SEQUENCE_MS = 1500

/** Binds shortcuts to the window. Keys typed into fields and dialogs are left to them. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const before = useRef({ key: '', at: 0 })
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isModifier(event.key) || isInDialog()) return
    const key = keyOf(event)
    const usable = isTextTarget(event.target) ? shortcuts.filter((shortcut) => shortcut.worksInText) : shortcuts
    const isFresh = event.timeStamp - before.current.at < SEQUENCE_MS
    const { shortcut, isPrefix } = matchKey(usable, key, isFresh ? before.current.key : '')
    before.current = { key: isPrefix ? key : '', at: event.timeStamp }
    if (!shortcut) return
    event.preventDefault()
    shortcut.run()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKeyDown(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}

function isModifier(key: string): boolean {
  return key === 'Shift' || key === 'Control' || key === 'Alt' || key === 'Meta'
}

function isInDialog(): boolean {
  return [...document.querySelectorAll('[role=dialog], dialog[open]')].some((dialog) => dialog.checkVisibility())
}

function isTextTarget(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'range', 'button'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
}
