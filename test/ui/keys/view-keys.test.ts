import { describe, expect, test } from 'vitest'
import { VIEW_IDS } from '../../../src/state/view-state.ts'
import { VIEW_KEYS } from '../../../src/ui/keys/view-keys.ts'
import { FRAME_KEYS } from '../../../src/ui/shell/frame-keys.ts'
import { VIEW_ENTRIES } from '../../../src/ui/shell/navigation.ts'
import { type ShortcutName } from '../../../src/ui/shell/shortcut.ts'

const sources = import.meta.glob<string>('../../../src/ui/views/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const modules = import.meta.glob<Readonly<Record<string, readonly ShortcutName[]>>>(
  ['../../../src/ui/keys/*-keys.ts', '!**/view-keys.ts'],
  { eager: true },
)

/** Lists of `keys/<screen>-keys.ts` by the name of their constant; none when the screen has no keys. */
function listsOf(view: string): Readonly<Record<string, readonly ShortcutName[]>> {
  return modules[`../../../src/ui/keys/${view}-keys.ts`] ?? {}
}

function sourceOf(view: string): string {
  const own = Object.entries(sources).filter(([path]) => path.includes(`/ui/views/${view}/`))
  return own.map(([, text]) => text).join('\n')
}

/** Names of the lists that a screen binds, as `useViewShortcuts(KEYS, run)` and `useViewShortcuts(is ? KEYS : NONE, run)`. */
function boundIn(source: string): readonly string[] {
  const calls = [...source.matchAll(/useViewShortcuts\(([^,]+),/g)]
  return calls.flatMap(([, list]) => list.match(/\b[A-Z]+_KEYS\b/g) ?? ['a list without a name'])
}

describe.each(VIEW_IDS)('the keys of %s', (view) => {
  const lists = listsOf(view)

  test('are bound by the screen, all of them and no others', () => {
    const bound = boundIn(sourceOf(view)).filter((name) => name !== 'NO_KEYS')
    expect(bound.toSorted()).toEqual(Object.keys(lists).toSorted())
    expect(sourceOf(view).includes(`/keys/${view}-keys.ts'`)).toBe(Object.keys(lists).length > 0)
  })

  test('are those that Help lists and the palette finds', () => {
    expect(VIEW_KEYS[view]).toEqual(Object.values(lists).flat())
  })

  test('have one meaning each, here and in the frame', () => {
    const ofFrame = [...FRAME_KEYS.filter(({ id }) => id !== 'help'), ...VIEW_ENTRIES]
    const keys = [...VIEW_KEYS[view], ...ofFrame].flatMap((entry) => entry.keys)
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
    const firstHalves = new Set(keys.filter((key) => key.includes(' ')).map((key) => key.split(' ')[0]))
    expect(keys.filter((key) => firstHalves.has(key))).toEqual([])
  })

  test('have a name each', () => {
    const ids = VIEW_KEYS[view].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

test('no screen lists keys by itself', () => {
  const listing = Object.entries(sources).filter(([, text]) => /ShortcutName|label: .*,\s*keys: \[/.test(text))
  expect(listing.map(([path]) => path)).toEqual([])
})

test('every list is of a screen', () => {
  const names = Object.keys(modules).map((path) => /([^/]+)-keys\.ts$/.exec(path)?.[1])
  expect(names.filter((name) => !VIEW_IDS.some((view) => view === name))).toEqual([])
})
