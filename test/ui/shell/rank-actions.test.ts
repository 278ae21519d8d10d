import { describe, expect, test } from 'vitest'
import { rankActions } from '../../../src/ui/shell/rank-actions.ts'

const ACTIONS = [
  { id: 'open', label: 'Choose files to open' },
  { id: 'copy-link', label: 'Copy link' },
  { id: 'close', label: 'Close the capture' },
  { id: 'map-zoom', label: 'Zoom in', where: 'on Map' },
  { id: 'theme', label: 'Change the theme: system, light, dark' },
]
const found = (text: string, recent: readonly string[] = []) => rankActions(ACTIONS, text, recent).map(({ id }) => id)

describe('actions by name', () => {
  test('are all there before anything is typed, those taken lately first', () => {
    expect(found('', ['theme', 'close'])).toEqual(['theme', 'close', 'open', 'copy-link', 'map-zoom'])
  })

  test('begin with the text before they have it somewhere', () => {
    expect(found('c').slice(0, 4)).toEqual(['open', 'copy-link', 'close', 'theme'])
    expect(found('link')).toEqual(['copy-link'])
  })

  test('are found by first letters, by letters in order, and by several words in any order', () => {
    expect(found('zq')).toEqual([])
    expect(found('cfto')).toEqual(['open'])
    expect(found('cplnk')).toEqual(['copy-link'])
    expect(found('map zoom')).toEqual(['map-zoom'])
  })

  test('that have several words as they were typed come before those that have them elsewhere', () => {
    const two = [
      { id: 'screen', label: 'Pinners: holds grouped by stack' },
      { id: 'group', label: 'Group pinners by something else' },
    ]
    expect(rankActions(two, 'group pinners', []).map(({ id }) => id)).toEqual(['group', 'screen'])
  })

  test('that were taken lately come first among equals only', () => {
    expect(found('close', ['open'])[0]).toBe('close')
    expect(found('c', ['theme'])[0]).toBe('theme')
  })
})
