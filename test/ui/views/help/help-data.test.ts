import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { confidenceWord } from '../../../../src/queries/confidence-word.ts'
import { FRAME_KEYS } from '../../../../src/ui/shell/frame-keys.ts'
import { KEY_SECTIONS } from '../../../../src/ui/shell/key-sections.ts'
import { VIEW_KEYS } from '../../../../src/ui/shell/view-keys.ts'
import { CONFIDENCE_ROWS } from '../../../../src/ui/views/help/confidence-rows.ts'
import { FORMAT_ROWS } from '../../../../src/ui/views/help/format-rows.ts'
import { VIEW_IDS, type ViewId } from '../../../../src/state/view-state.ts'
import readme from '../../../../README.md?raw'

const sources = import.meta.glob<string>('../../../../src/ui/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Constants of keys as they stand in the screens' sources: `{ id: 'next', label: 'Next event', keys: [']'] }`. */
function keysIn(text: string): readonly string[] {
  return [
    ...text.matchAll(
      /\{\s*id: '([^']+)',\s*label: (?:'([^']+)'|"([^"]+)"),\s*keys: \[([^\]]*(?:'\]')?[^\]]*)\],?\s*\}/g,
    ),
  ].map(
    ([, id, one, other, keys]) =>
      `${id}: ${one ?? other}: ${[...keys.matchAll(/'([^']+)'/g)].map(([, key]) => key).join(' | ')}`,
  )
}

/** Those of a screen, in the order of its files. */
function inSourceOf(view: string): readonly string[] {
  return Object.entries(sources)
    .filter(([path, text]) => path.includes(`/ui/views/${view}/`) && text.includes('ShortcutName'))
    .flatMap(([, text]) => keysIn(text))
}

const written = (view: ViewId) => VIEW_KEYS[view].map(({ id, label, keys }) => `${id}: ${label}: ${keys.join(' | ')}`)

// `UPDATE_GOLDEN=1` writes the list anew from the screens; oxfmt does the rest.
if (process.env['UPDATE_GOLDEN'] !== undefined) {
  const entryOf = (text: string): string => {
    const [, id, label, keys] = /^([^:]+): (.*): (.*)$/.exec(text) ?? []
    const list = (keys === '' ? [] : (keys ?? '').split(' | ')).map((key) => JSON.stringify(key).replaceAll('"', "'"))
    return `    { id: '${id}', label: ${JSON.stringify(label).replace(/^"([^']*)"$/, "'$1'")}, keys: [${list.join(', ')}] },\n`
  }
  const body = VIEW_IDS.map((view) => `  ${view}: [\n${inSourceOf(view).map(entryOf).join('')}  ],\n`).join('')
  const before = readFileSync('src/ui/shell/view-keys.ts', 'utf8')
  writeFileSync('src/ui/shell/view-keys.ts', before.replace(/= \{\n[\s\S]*\n\}\n$/, `= {\n${body}}\n`))
}

describe('the list of keys', () => {
  for (const view of VIEW_IDS) {
    test(`has those of ${view} as they stand in its source`, () => {
      expect(written(view).toSorted()).toEqual(inSourceOf(view).toSorted())
    })
  }

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

  test('gives no key of the frame to a screen', () => {
    const frame = new Set(FRAME_KEYS.flatMap(({ keys }) => keys))
    const taken = Object.values(VIEW_KEYS)
      .flat()
      .filter(({ keys }) => keys.some((key) => frame.has(key)))
    expect(taken).toEqual([])
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
