import { useSyncExternalStore } from 'react'
import { type KeptValue, readKeptValue, SETTINGS_VALUE, writeKeptValue } from './kept-value.ts'
import { isDamaged, parseSettings, type Settings, writeSettings } from './settings.ts'

/** Where settings that could not be read are put aside, the last ones. */
const UNREAD: KeptValue = { key: 'pinscope.settings.unread', before: [] }

let current: Settings | undefined
const listeners = new Set<() => void>()

/** What a person likes, and the one way to change it. All tabs follow. */
export function useSettings(): readonly [Settings, (patch: Partial<Settings>) => void] {
  const settings = useSyncExternalStore(subscribe, settingsNow, settingsNow)
  return [settings, changeSettings]
}

/** The settings at this moment. */
export function settingsNow(): Settings {
  current ??= parseSettings(readKeptValue(SETTINGS_VALUE))
  return current
}

/** What became of settings that could not be read, for people; empty where all could be. */
export function settingsTrouble(): string {
  if (isDamaged(readKeptValue(SETTINGS_VALUE)))
    return 'What this browser keeps of the settings cannot be read: the usual ones hold.'
  return readKeptValue(UNREAD) === null
    ? ''
    : `Settings that could not be read were put aside in this browser's storage as ${UNREAD.key}.`
}

/** Changes some of the settings and keeps them, where the browser keeps anything. */
export function changeSettings(patch: Partial<Settings>): void {
  current = { ...settingsNow(), ...patch }
  // Over what is kept now: a tab of another build may know settings that this one does not.
  const kept = readKeptValue(SETTINGS_VALUE)
  if (!isDamaged(kept) || writeKeptValue(UNREAD, kept ?? '')) writeKeptValue(SETTINGS_VALUE, writeSettings(kept, patch))
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
  if (event.key === SETTINGS_VALUE.key || event.key === null) readSettingsAgain()
}

/** Takes what is kept now. */
export function readSettingsAgain(): void {
  current = undefined
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
}
