import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { lineDifference } from './line-difference.ts'

test('a difference names the line and tells what goes and what comes', () => {
  expect(lineDifference('a\nb\nc\n', 'a\nB\nB2\nc\nd\n')).toBe('@ 2\n-b\n+B\n+B2\n@ 4\n+d\n')
  expect(lineDifference('a\nb\nc\n', 'c\n')).toBe('@ 1\n-a\n-b\n')
  expect(lineDifference('same\n', 'same\n')).toBe('')
})

/** The text that a difference makes of another. */
function applied(from: string, difference: string): string {
  const lines = from.split('\n')
  const made: string[] = []
  let row = 0
  for (const line of difference.split('\n').slice(0, -1)) {
    if (line.startsWith('@ ')) {
      made.push(...lines.slice(row, Number(line.slice(2)) - 1))
      row = Number(line.slice(2)) - 1
    } else if (line.startsWith('+')) made.push(line.slice(1))
    else expect(line).toBe(`-${lines[row++] ?? ''}`)
  }
  return [...made, ...lines.slice(row)].join('\n')
}

const text = fc
  .array(fc.oneof(fc.constantFrom('', 'a', 'b', '@ 1', '-a', '+b'), fc.string()), { maxLength: 12 })
  .map((lines) => lines.join('\n'))

property.prop([text, text])('a difference makes the other text again', (from, to) => {
  expect(applied(from, lineDifference(from, to))).toBe(to)
})
