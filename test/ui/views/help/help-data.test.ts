import { describe, expect, test } from 'vitest'
import { confidenceWord } from '../../../../src/queries/confidence-word.ts'
import { FRAME_KEYS } from '../../../../src/ui/shell/frame-keys.ts'
import { KEY_SECTIONS } from '../../../../src/ui/shell/key-sections.ts'
import { VIEW_KEYS } from '../../../../src/ui/keys/view-keys.ts'
import { CONFIDENCE_ROWS } from '../../../../src/ui/views/help/confidence-rows.ts'
import { FORMAT_ROWS } from '../../../../src/ui/views/help/format-rows.ts'
import readme from '../../../../README.md?raw'

const sources = import.meta.glob<string>('../../../../src/ui/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
})

describe('the list of keys', () => {
  test('has every key of the frame and of every screen', () => {
    const listed = KEY_SECTIONS.flatMap(({ keys }) => keys.flatMap((entry) => entry.keys))
    const bound = [...FRAME_KEYS, ...Object.values(VIEW_KEYS).flat()].flatMap(({ keys }) => keys)
    expect(bound.filter((key) => !listed.includes(key))).toEqual([])
  })

  test('has every key that a widget or a screen looks for by itself', () => {
    const listed = new Set(KEY_SECTIONS.flatMap(({ keys }) => keys.flatMap((entry) => entry.keys)))
    const asked = Object.values(sources).flatMap((text) =>
      [...text.matchAll(/key === '([^']+)'/g)].map(([, key]) => key),
    )
    const silent = new Set(['Shift', 'Control', 'Alt', 'Meta', 'Delete', 'Backspace'])
    expect([...new Set(asked)].filter((key) => !silent.has(key) && !listed.has(key))).toEqual([])
  })
})

test('the words for confidence are those of the engine', () => {
  for (const { least, word } of CONFIDENCE_ROWS) expect(confidenceWord(least)).toBe(word)
})

test('the files that are explained are those of the README', () => {
  const table = readme.slice(readme.indexOf('| file | what it adds |')).split('\n\n')[0]
  const rows = table.split('\n').slice(2)
  expect(rows).toEqual(FORMAT_ROWS.map(([file, adds]) => `| ${file} | ${adds} |`))
})
