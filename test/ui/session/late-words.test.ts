import { expect, test } from 'vitest'
import { type SessionFile } from '../../../src/session/session-file.ts'
import { viewField } from '../../../src/session/session.ts'
import { type Subject } from '../../../src/session/subject.ts'
import { SESSION_KEY } from '../../../src/state/session-shelf.ts'
import { createSessionStore, type SessionStore, type Writing } from '../../../src/state/session-store.ts'

const EVENT: Subject = { kind: 'event', hash: '5d1c0a9be2f34478', line: 7 }
const LATE = { file: 'a', time: '0.5', ns: '500000000', pfn: '0x10' }
const labelled = (value: string): Writing => ({ names: [EVENT], about: { file: 'a' }, field: 'label', value })
/** What is written when the event of a label is told late: words alone. */
const worded: Writing = { names: [EVENT], about: LATE, field: 'label' }

/** Numbers drawn so far: no two tabs have the same name. */
let drawn = 0

function openTab(kept: Map<string, string>): SessionStore {
  return createSessionStore({
    shelf: () => ({
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
    }),
    author: () => 'Ann',
    now: () => 1_780_000_000_000,
    random: (digits) => (++drawn).toString(16).padStart(digits, '0'),
  })
}

const aboutIn = (store: SessionStore) => store.state().session.values().next().value?.about
const labelOf = (store: SessionStore) => viewField(store.state().session, [EVENT], 'label')
/** The entries but for the words about them. */
const changesIn = (file: SessionFile) => file.entries.map((entry) => ({ ...entry, about: {} }))

test('late words are kept, are no change of the label and no step of undo, and leave what may be done again', () => {
  const kept = new Map<string, string>()
  const tab = openTab(kept)
  tab.write('one', [labelled('one')])
  tab.write('two', [labelled('two')])
  tab.undo()
  const before = changesIn(tab.exportSession())
  expect(tab.write('late', [worded])).toEqual({ ok: true, value: 0 })
  expect(changesIn(tab.exportSession())).toEqual(before)
  expect(aboutIn(openTab(kept))).toEqual(LATE)
  expect(tab.state()).toMatchObject({ undo: 'one', redo: 'two' })
})

test('a label that another tab has changed meanwhile stays, without a conflict', () => {
  const kept = new Map<string, string>()
  const [tab, other] = [openTab(kept), openTab(kept)]
  tab.write('one', [labelled('one')])
  other.write('two', [labelled('two')])
  // The event that tells of it is still on its way.
  tab.write('late', [worded])
  other.takeOver(kept.get(SESSION_KEY) ?? null)
  for (const store of [tab, other, openTab(kept)]) {
    expect(labelOf(store)).toMatchObject({ value: 'two', conflict: [] })
    expect(aboutIn(store)).toEqual(LATE)
  }
})

test('words of which nothing was said, and words that are there, change nothing', () => {
  const kept = new Map<string, string>()
  const tab = openTab(kept)
  tab.write('late', [worded])
  expect(kept.has(SESSION_KEY)).toBe(false)
  tab.write('one', [labelled('one')])
  tab.write('late', [worded])
  const text = kept.get(SESSION_KEY)
  tab.write('again', [{ ...labelled('one'), about: { file: 'b', time: '0.7' } }])
  expect(kept.get(SESSION_KEY)).toBe(text)
})

test('the same value again brings words that are missing', () => {
  const tab = openTab(new Map())
  tab.write('one', [labelled('one')])
  expect(tab.write('again', [{ ...labelled('one'), about: LATE }])).toEqual({ ok: true, value: 0 })
  expect(aboutIn(tab)).toEqual(LATE)
  tab.undo()
  expect(labelOf(tab).value).toBeUndefined()
  expect(tab.state().undo).toBeUndefined()
})
