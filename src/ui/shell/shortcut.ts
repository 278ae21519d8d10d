import { type TypedKey, typedCharacter } from '../widgets/typed-character.ts'

/** One thing that a key does: listed by `?`, found by name in the palette. */
export interface Shortcut {
  readonly id: string
  readonly label: string
  /** `1`, `g r`, `/`, `mod+k`, `Escape`; the first is the one to show. Empty: in the palette only. */
  readonly keys: readonly string[]
  readonly run: () => void
  /** Screen that it belongs to, when that is not the one that is shown: `on Map`. */
  readonly where?: string
  /** Works while a text field has the focus. */
  readonly worksInText?: boolean
}

/** What a key does, without the doing: a constant, so that the palette is told only once. */
export type ShortcutName = Omit<Shortcut, 'run' | 'worksInText' | 'where'>

type KeyPress = TypedKey & Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey'>

/** A key press as shortcuts are written: `mod+k`, `?`, `N`, `Escape`. Shift shows in the character itself. */
export function keyOf(event: KeyPress): string {
  const key = typedCharacter(event)
  if (event.altKey) return `alt+${key}`
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key
}

/** What a press means: a shortcut, the first half of one, or nothing. `before` is the key pressed just before, or ''. */
export function matchKey(
  shortcuts: readonly Shortcut[],
  key: string,
  before: string,
): { readonly shortcut?: Shortcut; readonly isPrefix: boolean } {
  const sequence = before === '' ? key : `${before} ${key}`
  const shortcut =
    shortcuts.find((entry) => entry.keys.includes(sequence)) ?? shortcuts.find((entry) => entry.keys.includes(key))
  const isPrefix = shortcuts.some((entry) => entry.keys.some((keys) => keys.startsWith(`${key} `)))
  return { shortcut, isPrefix: isPrefix && !shortcut }
}

/** Keys for people: `Ctrl+K`, `g then r`, `Esc`, `↑`. */
export function showKeys(keys: string, hasCommandKey = isApple()): string {
  if (keys === ' ') return 'Space'
  return keys
    .split(' ')
    .map((key) => {
      const written = key.replace('mod+', hasCommandKey ? '⌘' : 'Ctrl+').replace('alt+', 'Alt+')
      return written.replace(/[A-Z][A-Za-z]+$/, (name) => KEY_NAMES[name] ?? name)
    })
    .join(' then ')
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}
