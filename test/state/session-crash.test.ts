import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { EMPTY_SESSION, mergeSessions, type Session, viewField } from '../../src/session/session.ts'
import { keptText, sessionText } from '../../src/session/session-file.ts'
import { LIMITS } from '../../src/session/session-limits.ts'
import { type Subject } from '../../src/session/subject.ts'
import { SESSION_KEY, UNREAD_SESSION_KEY } from '../../src/state/session-shelf.ts'
import { type SessionStore, type Writing } from '../../src/state/session-store.ts'
import { Machine, settled } from '../support/session-machine.ts'

const RANGE: Subject = { kind: 'range', hash: '5d1c0a9be2f34478', failure: 'cma:17800-17c00:1200000000' }
const STACK: Subject = { kind: 'stack', stack: '0011223344556677' }

function saying(field: 'note' | 'verdict', value: string | null, subject: Subject = RANGE): Writing {
  return { names: [subject], about: { file: 'trace.txt' }, field, value }
}

/** What a machine has told to be saved: all tabs, as far as each told it. */
class Told {
  /** As long as only a tab dies. */
  inBrowser: Session = EMPTY_SESSION
  /** Whatever dies. */
  onDisk: Session = EMPTY_SESSION

  listen(store: SessionStore): SessionStore {
    store.subscribe(() => {
      const { session, keeping } = store.state()
      if (keeping.how !== 'kept') return
      this.inBrowser = mergeSessions(this.inBrowser, session)
      if (keeping.disk === 'written') this.onDisk = mergeSessions(this.onDisk, session)
    })
    return store
  }
}

async function sessionAfter(machine: Machine): Promise<Session> {
  const store = machine.open()
  await store.ready
  await settled()
  return store.state().session
}

/** True when nothing that `told` says is missing in `found`. */
function hasAll(found: Session, told: Session): boolean {
  return sessionText(mergeSessions(found, told)) === sessionText(found)
}

type Act = (tabs: readonly SessionStore[]) => unknown

/** Two tabs at work: notes, verdicts, one said over by the other, undo, an import. */
const ACTS: readonly Act[] = [
  ([one]) => one.write('note', [saying('note', 'seen on two boards')]),
  ([, other]) => other.write('verdict', [saying('verdict', 'suspect')]),
  ([one, other]) => [
    one.write('note', [saying('note', 'ask the driver’s owner')]),
    other.write('note', [saying('note', 'at the same time', STACK)]),
  ],
  ([one]) => one.undo(),
  ([, other]) => other.write('verdict', [saying('verdict', null), saying('note', 'gone again', STACK)]),
  ([one, other]) => other.importSession(one.exportText()),
  ([one]) => one.redo(),
]

async function work(machine: Machine): Promise<Told> {
  const told = new Told()
  const tabs = [told.listen(machine.open()), told.listen(machine.open('Bob'))]
  for (const act of ACTS) {
    act(tabs)
    await settled()
  }
  return told
}

describe('a browser that dies', () => {
  test('after any of its storage operations has all that it told to be on the disk', async () => {
    const whole = new Machine()
    const all = await work(whole)
    expect(hasAll(await sessionAfter(whole.reopened(0)), all.onDisk)).toBe(true)
    expect(viewField(all.onDisk, [STACK], 'note').value).toBe('gone again')
    for (let dies = 0; dies <= whole.operations; dies++) {
      const machine = new Machine()
      machine.diesAfter = dies
      const told = await work(machine)
      for (let lost = 0; lost <= machine.history.length; lost++) {
        const found = await sessionAfter(machine.reopened(lost))
        expect(hasAll(found, told.onDisk), `died after ${dies} operations, the last ${lost} not on the disk`).toBe(true)
      }
    }
  })

  test('leaves what a tab told to be kept, when only the tab dies', async () => {
    const { operations } = await worked()
    for (let dies = 0; dies <= operations; dies++) {
      const machine = new Machine()
      machine.diesAfter = dies
      const told = await work(machine)
      expect(hasAll(await sessionAfter(machine.reopened(0)), told.inBrowser), `after ${dies}`).toBe(true)
    }
  })
})

async function worked(): Promise<Machine> {
  const machine = new Machine()
  await work(machine)
  return machine
}

/** What may become of a text at one place. */
const DAMAGES: readonly ((text: string, at: number) => string)[] = [
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at + 1),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + '0'.repeat(text.length - at),
]

describe('what is damaged at any byte', () => {
  test('in one of the two places is whole from the other, without a made-up conflict', async () => {
    const machine = new Machine()
    const told = new Told()
    const store = told.listen(machine.open())
    store.write('note', [saying('note', 'seen on two boards')])
    store.write('verdict', [saying('verdict', 'suspect', STACK)])
    await settled()
    const text = machine.local.get(SESSION_KEY) ?? ''
    expect(text).toBe(machine.copy)
    const expected = sessionText(told.onDisk)
    for (let at = 0; at < text.length; at++) {
      for (const [kind, damage] of DAMAGES.entries()) {
        const [local, copy] = [machine.reopened(0), machine.reopened(0)]
        local.local.set(SESSION_KEY, damage(text, at))
        copy.copy = damage(text, at)
        for (const one of [local, copy]) {
          const tab = one.open()
          await tab.ready
          expect(sessionText(tab.state().session), `damage ${kind} at ${at}`).toBe(expected)
          expect(tab.state().keeping.how).toBe('kept')
        }
      }
    }
  })

  property.prop([fc.array(fc.tuple(fc.nat(), fc.nat(DAMAGES.length - 1)), { minLength: 1, maxLength: 4 })], {
    numRuns: 200,
  })('in several is put aside as it was, and told', async (places) => {
    const machine = new Machine()
    machine.open().write('note', [saying('note', 'seen on two boards')])
    await settled()
    const before = machine.local.get(SESSION_KEY) ?? ''
    const damaged = places.reduce((text, [at, kind]) => DAMAGES[kind](text, at % Math.max(1, text.length)), before)
    fc.pre(damaged !== before && damaged !== '')
    const after = machine.reopened(0)
    after.local.set(SESSION_KEY, damaged)
    const tab = after.open()
    await tab.ready
    expect(viewField(tab.state().session, [RANGE], 'note').value).toBe('seen on two boards')
    expect(after.local.get(UNREAD_SESSION_KEY)).toBe(damaged)
    expect(tab.state().keeping).toMatchObject({ note: expect.stringContaining('taken from the copy') as string })
  })

  test('in both places is put aside in both', async () => {
    const machine = new Machine()
    machine.open().write('note', [saying('note', 'seen on two boards')])
    await settled()
    const cut = (machine.copy ?? '').slice(0, 200)
    machine.local.set(SESSION_KEY, cut)
    machine.copy = cut
    const tab = machine.open()
    await tab.ready
    tab.write('note', [saying('note', 'another one')])
    await settled()
    expect([machine.local.get(UNREAD_SESSION_KEY), machine.aside]).toEqual([cut, [cut]])
    expect(tab.state().keeping).toMatchObject({ how: 'kept', disk: 'written' })
  })
})

describe('unreadable sessions', () => {
  test('are put aside one beside the other, and none is written over', () => {
    const machine = new Machine()
    machine.fails = 'copy'
    for (let at = 1; at <= 9; at++) {
      machine.local.set(SESSION_KEY, `{"cut ${at}`)
      machine.open().write('note', [saying('note', `note ${at}`)])
    }
    const aside = [...machine.local].filter(([key]) => key.startsWith(UNREAD_SESSION_KEY)).map(([, text]) => text)
    expect(aside).toEqual(Array.from({ length: 9 }, (_, at) => `{"cut ${at + 1}`))
    machine.local.set(SESSION_KEY, '{"cut 10')
    const store = machine.open()
    expect(store.unread()).toEqual(aside)
    store.write('note', [saying('note', 'note 10')])
    expect(machine.local.get(SESSION_KEY)).toBe('{"cut 10')
    expect(store.state()).toMatchObject({ keeping: { how: 'not_kept' }, isAtRisk: true })
  })

  test('for which there is no room leave what is said to the copy', async () => {
    const machine = new Machine()
    machine.local.set(SESSION_KEY, '{"cut')
    for (let at = 0; at < 9; at++) machine.local.set(`${UNREAD_SESSION_KEY}${at === 0 ? '' : `.${at + 1}`}`, `{${at}`)
    const store = machine.open()
    store.write('note', [saying('note', 'still typed')])
    await settled()
    expect(machine.local.get(SESSION_KEY)).toBe('{"cut')
    expect(viewField(await sessionAfter(machine.reopened(0)), [RANGE], 'note').value).toBe('still typed')
  })
})

describe('a newer pinscope', () => {
  const NEWER = '{"sum":"0011223344556677","pinscope":"session","version":9,"entries":[],"more":1}'
  const newer = (): string => {
    const rest = NEWER.slice(NEWER.indexOf(',') + 1)
    return `{${rest}`
  }

  test('that is open beside has its session left as it is in both places, and that is told at once', async () => {
    const machine = new Machine()
    const old = machine.open()
    old.write('note', [saying('note', 'of before')])
    await settled()
    machine.local.set(SESSION_KEY, newer())
    machine.copy = newer()
    old.takeOver(newer())
    expect(old.state().keeping).toMatchObject({
      how: 'not_kept',
      why: expect.stringContaining('newer pinscope') as string,
    })
    expect(old.state().isAtRisk).toBe(false)
    old.write('note', [saying('note', 'typed in the old tab')])
    await settled()
    expect([machine.local.get(SESSION_KEY), machine.copy]).toEqual([newer(), newer()])
    expect(old.state().isAtRisk).toBe(true)
    expect(old.exportText()).toContain('typed in the old tab')
    old.exported()
    expect(old.state().isAtRisk).toBe(false)
  })

  test('that wrote the copy alone has it left as it is', async () => {
    const machine = new Machine()
    machine.copy = newer()
    const store = machine.open()
    await store.ready
    store.write('note', [saying('note', 'x')])
    await settled()
    expect(machine.copy).toBe(newer())
    expect(store.state().keeping).toMatchObject({ how: 'kept', disk: 'later' })
  })
})

describe('an older pinscope', () => {
  const plain = (session: Session): string => sessionText(session)

  test('that wrote no check sum is read, and its tab is not answered for ever', async () => {
    const machine = new Machine()
    const [fresh, old] = [machine.open(), machine.open('Bob')]
    fresh.write('note', [saying('note', 'one')])
    await settled()
    old.write('verdict', [saying('verdict', 'noise')])
    await settled()
    const text = plain(old.state().session)
    machine.local.set(SESSION_KEY, text) // as an older build writes it
    const before = machine.operations
    fresh.takeOver(text)
    await settled()
    expect(machine.operations).toBe(before)
    expect(viewField(fresh.state().session, [RANGE], 'verdict').value).toBe('noise')
  })
})

describe('storage', () => {
  test('that is cleared under the page is filled again from the page, and that is told', async () => {
    const machine = new Machine()
    const store = machine.open()
    store.write('note', [saying('note', 'seen on two boards')])
    await settled()
    machine.local.clear()
    machine.copy = undefined
    store.takeOver(null)
    await settled()
    expect(store.state().keeping).toMatchObject({ how: 'kept', note: expect.stringContaining('was cleared') as string })
    expect(viewField(await sessionAfter(machine.reopened(0)), [RANGE], 'note').value).toBe('seen on two boards')
  })

  test('that was cleared while the tab slept is filled again when it is looked at', () => {
    const machine = new Machine()
    const store = machine.open()
    store.look()
    expect(machine.local.has(SESSION_KEY)).toBe(false)
    store.write('note', [saying('note', 'x')])
    const { operations } = machine
    store.look()
    expect(machine.operations).toBe(operations)
    machine.local.clear()
    store.look()
    expect(machine.local.has(SESSION_KEY)).toBe(true)
  })

  test('that is full leaves what is said to the copy, which is told', async () => {
    const machine = new Machine()
    const store = machine.open()
    machine.fails = 'local'
    store.write('note', [saying('note', 'no room there')])
    expect(store.state().isAtRisk).toBe(true)
    await settled()
    expect(store.state()).toMatchObject({
      isAtRisk: false,
      keeping: { how: 'kept', disk: 'written', note: expect.stringContaining('database alone') as string },
    })
    expect(viewField(await sessionAfter(machine.reopened(0)), [RANGE], 'note').value).toBe('no room there')
  })

  test('that is denied leaves it to the tab, which knows what it would lose', async () => {
    const machine = new Machine()
    machine.fails = 'all'
    const store = machine.open()
    await store.ready
    expect(store.state()).toMatchObject({ isAtRisk: false, keeping: { how: 'not_kept' } })
    store.write('note', [saying('note', 'of this tab alone')])
    await settled()
    expect(store.state()).toMatchObject({ isAtRisk: true, keeping: { how: 'not_kept' } })
  })
})

describe('tabs that write at once', () => {
  test('may lead beyond what a file may have: all of it is kept, and what makes it less is let through', async () => {
    const machine = new Machine()
    const tabs = [machine.open(), machine.open('Bob')]
    const subject = (tab: number, at: number): Subject => ({
      kind: 'stack',
      stack: `${tab}${at}`.padStart(16, '0'),
    })
    const notes = (tab: number): Writing[] =>
      Array.from({ length: 130 }, (_, at) => saying('note', 'x'.repeat(LIMITS.note), subject(tab + 1, at)))
    // Neither has heard of the other when it writes.
    for (const [at, tab] of tabs.entries()) {
      const before = new Map(machine.local)
      machine.local.delete(SESSION_KEY)
      expect(tab.write('note', notes(at)).ok).toBe(true)
      if (at === 0) machine.local = before
    }
    await settled()
    const both = tabs[0].state().session
    expect(both.size).toBe(260)
    expect(sessionText(both).length).toBeGreaterThan(LIMITS.size)
    expect((await sessionAfter(machine.reopened(0))).size).toBe(260)
    expect(tabs[0].write('note', [saying('note', 'one more', STACK)]).ok).toBe(false)
    expect(tabs[0].write('note', [saying('note', null, subject(1, 0))]).ok).toBe(true)
  })

  test('on one note leave both, where neither had seen what the other wrote', () => {
    const machine = new Machine()
    const [one, other] = [machine.open(), machine.open('Bob')]
    one.write('note', [saying('note', 'first')])
    other.takeOver(machine.local.get(SESSION_KEY) ?? null)
    // Both change what they see; the second has been handed the first one's words, but its field shows what was there before.
    one.write('note', [{ ...saying('note', 'first, by one'), instead: 'first' }])
    other.write('note', [{ ...saying('note', 'first, by other'), instead: 'first' }])
    const { conflict } = viewField(other.state().session, [RANGE], 'note')
    expect(conflict.map(({ value }) => value)).toEqual(['first, by one', 'first, by other'])
    other.write('note', [{ ...saying('note', 'first, by other, longer'), instead: 'first, by other' }])
    expect(viewField(other.state().session, [RANGE], 'note').conflict.map(({ value }) => value)).toEqual([
      'first, by one',
      'first, by other, longer',
    ])
  })
})

test('what is kept is the same text for the same session', () => {
  expect(keptText(EMPTY_SESSION)).toMatch(/^\{"sum":"[0-9a-f]{16}",\n "pinscope": "session"/)
})
