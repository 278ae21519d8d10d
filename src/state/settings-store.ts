import { useSyncExternalStore } from 'react'
import { parseSettings, type Settings, SETTINGS_KEY, writeSettings } from './settings.ts'

/** Where settings are kept; absent where the browser keeps nothing, as in a private window of some. */
type Shelf = Pick<Storage, 'getItem' | 'setItem'>

let current: Settings | undefined
const listeners = new Set<() => void>()

/** What a person likes, and the one way to change it. All tabs follow. */
export function useSettings(): readonly [Settings, (patch: Partial<Settings>) => void] {
  const settings = useSyncExternalStore(subscribe, settingsNow, settingsNow)
  return [settings, changeSettings]
}

/** The settings at this moment. */
export function settingsNow(): Settings {
  current ??= parseSettings(read())
  return current
}

/** Changes some of the settings and keeps them, where the browser keeps anything. */
function changeSettings(patch: Partial<Settings>): void {
  current = { ...settingsNow(), ...patch }
  try {
    shelf()?.setItem(SETTINGS_KEY, writeSettings(current))
  } catch {
    // Full or forbidden: they hold until the tab is closed.
  }
  tell()
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) globalThis.addEventListener?.('storage', onStorage)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) globalThis.removeEventListener?.('storage', onStorage)
  }
}

/** Another tab changed them, or somebody cleared them. */
function onStorage(event: StorageEvent): void {
  if (event.key !== SETTINGS_KEY && event.key !== null) return
  current = undefined
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
}

function read(): string | null {
  try {
    return shelf()?.getItem(SETTINGS_KEY) ?? null
  } catch {
    return null
  }
}

/** Touching the storage throws where it is forbidden. */
function shelf(): Shelf | undefined {
  return typeof localStorage === 'undefined' ? undefined : localStorage
}
