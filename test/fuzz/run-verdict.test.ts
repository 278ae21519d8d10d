import { expect, test } from 'vitest'
import { type Figures } from './engine/thread-messages.ts'
import { parseFuzzOptions } from './fuzz-options.ts'
import { verdictOf } from './run-verdict.ts'
import { SCALED_CASES } from './scaled/scaled-cases.ts'

const KINDS = SCALED_CASES.length

function figures(of: Partial<Figures>): Figures {
  return {
    tried: 600,
    found: 40,
    foundTried: 40,
    scaled: KINDS,
    keptInputs: 0,
    blocks: 0,
    bases: 0,
    mostGrownBytes: 0,
    mostStepsPerByte: 0,
    ...of,
  }
}

test('a run of npm test that tried everything says so', () => {
  expect(verdictOf(parseFuzzOptions(['--ci']), [figures({})])).toEqual({
    lines: [`${KINDS} of ${KINDS} kinds doubled`, '40 of 40 found cases tried', '600 of 600 inputs tried'],
    isTooLittle: false,
  })
})

test('threads that took the place of others count together', () => {
  const threads = [figures({ tried: 20, foundTried: 20 }), figures({ tried: 580, foundTried: 20, scaled: 0 })]
  expect(verdictOf(parseFuzzOptions(['--ci']), threads).isTooLittle).toBe(false)
})

test.each([
  ['too few inputs', figures({ tried: 99 }), 'at least 100 inputs are to be tried'],
  ['a found case that was left out', figures({ foundTried: 39 }), 'all found cases are to be tried'],
  ['no found cases at all', figures({ found: 0, foundTried: 0 }), 'all found cases are to be tried'],
  ['a kind that was left out', figures({ scaled: KINDS - 1 }), 'all kinds are to be tried'],
])('a run of npm test fails with %s', (_, of, words) => {
  const { lines, isTooLittle } = verdictOf(parseFuzzOptions(['--ci']), [of])
  expect(isTooLittle).toBe(true)
  expect(lines.at(-1)).toContain(words)
})

test('a run of npm test may end before its last inputs, and says so', () => {
  const { lines, isTooLittle } = verdictOf(parseFuzzOptions(['--ci']), [figures({ tried: 300 })])
  expect(isTooLittle).toBe(false)
  expect(lines).toContain('time was over before all inputs were tried')
})

test('a kind that was named and not tried fails the run, and one that was not named is told', () => {
  const named = verdictOf(parseFuzzOptions(['--kind', 'tiny stacks,blanks', '--minutes', '1']), [
    figures({ scaled: 1 }),
  ])
  expect(named.isTooLittle).toBe(true)
  expect(named.lines[0]).toBe('1 of 2 kinds doubled')
  const whole = verdictOf(parseFuzzOptions([]), [figures({ scaled: 3 })])
  expect(whole).toEqual({ lines: [`3 of ${KINDS} kinds doubled`, '40 of 40 found cases tried'], isTooLittle: false })
})

test('a run that was to double nothing says nothing of it', () => {
  const { lines } = verdictOf(parseFuzzOptions(['--scale', '0']), [figures({ scaled: 0 })])
  expect(lines).toEqual(['40 of 40 found cases tried'])
})
