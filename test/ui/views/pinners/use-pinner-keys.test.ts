import { expect, test } from 'vitest'
import { FRAME_KEYS } from '../../../../src/ui/shell/frame-keys.ts'
import { VIEW_KEYS } from '../../../../src/ui/shell/view-keys.ts'
import { FLAME_KEYS, PINNER_KEYS } from '../../../../src/ui/views/pinners/use-pinner-keys.ts'

test('the keys that Help lists are those of the screen', () => {
  expect(VIEW_KEYS.pinners).toEqual([...PINNER_KEYS, ...FLAME_KEYS])
})

test('no key has two meanings, here or in the frame', () => {
  const keys = [...PINNER_KEYS, ...FLAME_KEYS, ...FRAME_KEYS].flatMap((shortcut) => shortcut.keys)
  expect(new Set(keys).size).toBe(keys.length)
})
