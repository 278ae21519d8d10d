import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import {
  afterKey,
  afterKeys,
  type FilterAssist,
  type FilterKnown,
  type FilterLine,
  type FilterPress,
  isKept,
} from '../../../src/ui/widgets/filter-keys.ts'

const WORDS = ['mod', 'mod_and_test', 'mod_unless', 'set', 'op:', 'count>']

/** Completes the word before the caret, as the engine would. */
function assistFor({ text, caret }: FilterLine): FilterAssist {
  const word = /[^\s:]*$/.exec(text.slice(0, caret))?.[0] ?? ''
  const completions = WORDS.filter((one) => one.startsWith(word)).map((one) => ({ text: one, detail: '' }))
  return { about: { text, caret }, mistakes: [], replaced: { start: caret - word.length, end: caret }, completions }
}

const lineOf = (text: string, list: FilterLine['list'] = 'completions'): FilterLine => ({
  text,
  caret: text.length,
  list,
  chosen: undefined,
})
const knownOf = (assist: FilterAssist | undefined): FilterKnown => ({ value: '', history: [], assist })

/** An answer to an earlier text, shown until the next is there. */
const stale = (line: FilterLine): FilterAssist => ({ ...assistFor(line), about: undefined })

const lettersOf = (text: string): readonly string[] => text.split('')

test('Tab is not answered by the completions of an earlier text', () => {
  const line = lineOf('op:mod_u')
  expect(afterKey(line, 'Tab', knownOf(stale(lineOf('op:mod'))))).toBe('wait')
  expect(afterKey(line, 'Tab', knownOf(stale(lineOf('op:'))))).toBe('wait')
  expect(afterKey(line, 'Tab', knownOf(undefined))).toBe('wait')
  expect(afterKey(line, 'Tab', knownOf(assistFor(line)))).toMatchObject({ line: { text: 'op:mod_unless ', caret: 14 } })
})

test('nor by those of another caret in the same text', () => {
  const line = { ...lineOf('op:mod set'), caret: 6 }
  expect(afterKey(line, 'Tab', knownOf(assistFor(lineOf('op:mod set'))))).toBe('wait')
})

test('what is typed behind a waiting Tab is written behind the completion, and Enter applies the whole', () => {
  const line = lineOf('op:mod_u')
  const held = ['Tab', ...lettersOf('cuo'), 'Backspace', 'Backspace', ...lettersOf('ount>2'), 'ArrowLeft', '1', 'Enter']
  expect(afterKeys(line, held, knownOf(stale(lineOf('op:mod')))).rest).toEqual(held)
  const { line: after, does, rest } = afterKeys(line, held, knownOf(assistFor(line)))
  expect([after.text, after.caret, does, rest]).toEqual(['op:mod_unless count>12', 21, 'commit', []])
})

test('a Tab that had to wait and has nothing to complete goes on to what follows', () => {
  const line = lineOf('count>3')
  expect(afterKeys(line, ['Tab'], knownOf(stale(lineOf('count'))))).toMatchObject({ rest: ['Tab'] })
  expect(afterKeys(line, ['Tab'], knownOf({ ...assistFor(line), completions: [] }))).toMatchObject({ does: 'next' })
})

test('an option that was clicked is written in place of the word as it is now', () => {
  const line = lineOf('op:mod_u')
  const option = { text: 'mod_and_test', detail: '' }
  expect(afterKeys(line, [option], knownOf(stale(lineOf('op:mod')))).rest).toEqual([option])
  expect(afterKeys(line, [option], knownOf(assistFor(line))).line.text).toBe('op:mod_and_test ')
})

test('Enter applies what is typed, and Esc closes what is seen, without waiting', () => {
  const behind = knownOf(stale(lineOf('op:mod')))
  expect(afterKey(lineOf('op:mod_u'), 'Enter', behind)).toMatchObject({ does: 'commit', line: { text: 'op:mod_u' } })
  expect(afterKey(lineOf('op:mod_u'), 'Escape', behind)).toMatchObject({ line: { text: 'op:mod_u', list: 'closed' } })
})

const key = fc.constantFrom(
  ...lettersOf('opmd_u: >2'),
  'Tab',
  'Enter',
  'ArrowDown',
  'ArrowUp',
  'Backspace',
  'ArrowLeft',
  'End',
)

/** Keys as the line takes them; `isAnswered` says before each key whether the answer for the text is there by then. */
function pressed(keys: readonly string[], isAnswered: (at: number) => boolean): readonly unknown[] {
  let line = lineOf('', 'closed')
  let assist: FilterAssist | undefined
  let held: readonly FilterPress[] = []
  const applied: string[] = []
  const replay = (): void => {
    for (let before = -1; held.length > 0 && held.length !== before;) {
      before = held.length
      const { line: next, rest, does } = afterKeys(line, held, knownOf(assist))
      if (does === 'commit') applied.push(next.text)
      if (next.text !== line.text || next.caret !== line.caret) assist = assist && { ...assist, about: undefined }
      line = next
      held = rest
    }
  }
  const answer = (): void => {
    for (let before = -1; before !== held.length || assist?.about === undefined;) {
      before = held.length
      assist = assistFor(line)
      replay()
      if (held.length === 0 && assist.about !== undefined) return
    }
  }
  for (const [at, one] of keys.entries()) {
    if (isAnswered(at)) answer()
    expect(isKept(one)).toBe(true)
    held = [...held, one]
    replay()
  }
  answer()
  return [line, applied]
}

propertyTest.prop([fc.array(key, { maxLength: 25 }), fc.array(fc.boolean(), { minLength: 25, maxLength: 25 })])(
  'the same keys write the same text and apply the same filters, however late the completions come',
  (keys, late) => {
    expect(pressed(keys, (at) => !late[at])).toEqual(pressed(keys, () => true))
  },
)
