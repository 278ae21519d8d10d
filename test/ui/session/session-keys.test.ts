import { expect, test } from 'vitest'
import { VIEW_IDS } from '../../../src/state/view-state.ts'
import { VIEW_KEYS } from '../../../src/ui/keys/view-keys.ts'
import { PRESENT_KEYS, presentActionOf } from '../../../src/ui/session/present-keys.ts'
import { SESSION_KEYS } from '../../../src/ui/session/session-keys.ts'
import { FRAME_KEYS } from '../../../src/ui/shell/frame-keys.ts'
import { KEY_SECTIONS } from '../../../src/ui/shell/key-sections.ts'
import { VIEW_ENTRIES } from '../../../src/ui/shell/navigation.ts'

test('keys of the triage session have one meaning each, and no screen has their first half', () => {
  const others = [...FRAME_KEYS, ...VIEW_ENTRIES, ...VIEW_IDS.flatMap((id) => VIEW_KEYS[id])].flatMap(
    ({ keys }) => keys,
  )
  const own = SESSION_KEYS.flatMap(({ keys }) => keys)
  expect(new Set(own).size).toBe(own.length)
  expect(own.filter((key) => others.includes(key))).toEqual([])
  const firstHalves = own.filter((key) => key.includes(' ')).map((key) => key.split(' ')[0])
  expect(others.filter((key) => firstHalves.includes(key))).toEqual([])
})

test('Help lists them', () => {
  const listed = KEY_SECTIONS.flatMap(({ keys }) => keys)
  expect(SESSION_KEYS.filter((entry) => !listed.includes(entry))).toEqual([])
})

test('keys of the presenter have one meaning each', () => {
  const keys = PRESENT_KEYS.flatMap((entry): readonly string[] => entry.keys)
  expect(new Set(keys).size).toBe(keys.length)
  expect([presentActionOf('n'), presentActionOf('3'), presentActionOf('x')]).toEqual(['next', 'judge', undefined])
})
