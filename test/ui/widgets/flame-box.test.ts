import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import {
  boxAfter,
  boxAt,
  type FlameBox,
  type FlameMove,
  labelThatFits,
  matchAfter,
} from '../../../src/ui/widgets/flame-box.ts'

/** Two callees of which the first has two of its own. */
const boxes = [
  box('root', -1, 0, 0, 100),
  box('wide', 0, 1, 0, 60),
  box('wide one', 1, 2, 0, 40),
  box('wide two', 1, 2, 40, 20),
  box('narrow', 0, 1, 60, 40),
  box('narrow one', 4, 2, 60, 10),
]

function box(name: string, parent: number, depth: number, x: number, width: number): FlameBox {
  return {
    id: name,
    name,
    parent,
    depth,
    x,
    width,
    text: '1',
    color: '',
    glyph: '◆',
    isMatch: false,
    isCollapsed: false,
  }
}

test.each<[string, FlameMove, string]>([
  ['wide one', 'root', 'wide'],
  ['root', 'root', 'root'],
  ['root', 'leaf', 'wide'],
  ['narrow one', 'leaf', 'narrow one'],
  ['wide', 'after', 'narrow'],
  ['wide two', 'after', 'narrow one'],
  ['narrow one', 'before', 'wide two'],
  ['wide', 'before', 'wide'],
  ['narrow one', 'first', 'wide one'],
  ['wide one', 'last', 'narrow one'],
])('from %s the key for %s leads to %s', (from, move, to) => {
  const at = boxes.findIndex(({ name }) => name === from)
  expect(boxes[boxAfter(boxes, at, move)].name).toBe(to)
})

test('the box at a place is the one that is drawn there', () => {
  expect(boxes[boxAt(boxes, 41, 2)].name).toBe('wide two')
  expect(boxAt(boxes, 75, 2)).toBe(-1)
})

test('marked boxes come one after another, around the end', () => {
  const marked = boxes.map((entry) => ({ ...entry, isMatch: entry.name.startsWith('narrow') }))
  expect(matchAfter(marked, 0, 1)).toBe(4)
  expect(matchAfter(marked, 4, 1)).toBe(5)
  expect(matchAfter(marked, 5, 1)).toBe(4)
  expect(matchAfter(marked, 0, -1)).toBe(5)
  expect(matchAfter(boxes, 0, 1)).toBe(-1)
})

propertyTest.prop([fc.stringMatching(/^[a-z_]{1,30}$/), fc.integer({ min: 0, max: 400 })])(
  'a symbol is drawn whole or not at all',
  (name, widthPx) => {
    const label = labelThatFits({ glyph: '◆', name, text: '12', isCollapsed: false }, widthPx, 7.2)
    expect(label === '' || label === '◆' || label.includes(name)).toBe(true)
    expect(label.length * 7.2).toBeLessThanOrEqual(Math.max(0, widthPx - 8))
  },
)
