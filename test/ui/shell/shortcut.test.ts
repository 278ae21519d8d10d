import { describe, expect, test } from 'vitest'
import { VIEW_ENTRIES } from '../../../src/ui/shell/navigation.ts'
import { keyOf, matchKey, type Shortcut, showKeys } from '../../../src/ui/shell/shortcut.ts'
import { VIEW_IDS } from '../../../src/state/view-state.ts'

const shortcut = (id: string, ...keys: readonly string[]): Shortcut => ({ id, label: id, keys, run: () => undefined })
const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  keyOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...more })

describe('a key press', () => {
  test('is named by its character, with the modifier that counts', () => {
    expect(press('?')).toBe('?')
    expect(press('Escape')).toBe('Escape')
    expect(press('k', { ctrlKey: true })).toBe('mod+k')
    expect(press('k', { metaKey: true })).toBe('mod+k')
    expect(press('1', { altKey: true })).toBe('alt+1')
  })

  test('is a large letter with Shift, a small one with Caps Lock alone, and as it was sent without either', () => {
    const capsLock = { getModifierState: (key: string) => key === 'CapsLock' }
    for (const large of ['S', 'G', 'Y', 'D', 'E']) {
      const small = large.toLowerCase()
      expect(press(large, { shiftKey: true })).toBe(large)
      expect(press(large)).toBe(large)
      expect(press(small)).toBe(small)
      expect(press(large, capsLock)).toBe(small)
      expect(press(small, { ...capsLock, shiftKey: true })).toBe(large)
      expect(press(large, { ...capsLock, shiftKey: true })).toBe(large)
    }
    expect(press('?', { shiftKey: true })).toBe('?')
    expect(press('Z', { ctrlKey: true, shiftKey: true })).toBe('mod+Z')
  })
})

describe('matching', () => {
  const shortcuts = [shortcut('ranges', '1', 'g r'), shortcut('theme', 't'), shortcut('tasks', 'g t')]

  test('finds a single key', () => {
    expect(matchKey(shortcuts, '1', '').shortcut?.id).toBe('ranges')
  })

  test('waits after the first key of a sequence, and takes the sequence before the single key', () => {
    expect(matchKey(shortcuts, 'g', '')).toEqual({ shortcut: undefined, isPrefix: true })
    expect(matchKey(shortcuts, 'r', 'g').shortcut?.id).toBe('ranges')
    expect(matchKey(shortcuts, 't', 'g').shortcut?.id).toBe('tasks')
    expect(matchKey(shortcuts, 't', '').shortcut?.id).toBe('theme')
  })

  test('takes a key for itself when it ends no sequence', () => {
    expect(matchKey(shortcuts, '1', 'g').shortcut?.id).toBe('ranges')
    expect(matchKey(shortcuts, 'x', 'g')).toEqual({ shortcut: undefined, isPrefix: false })
  })
})

describe('the screens', () => {
  test('are all in the rail, each with keys of its own', () => {
    expect(VIEW_ENTRIES.map((entry) => entry.id)).toEqual([...VIEW_IDS])
    const keys = VIEW_ENTRIES.flatMap((entry) => entry.keys)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('show their keys in words', () => {
    expect(showKeys('g r', false)).toBe('g then r')
    expect(showKeys('Escape', false)).toBe('Esc')
    expect(showKeys('mod+k', false)).toBe('Ctrl+k')
    expect(showKeys('mod+k', true)).toBe('⌘k')
  })
})
