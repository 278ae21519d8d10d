import { test } from '@fast-check/vitest'
import * as fc from 'fast-check'
import { describe, expect } from 'vitest'
import { changeText, viewRegister } from '../../src/session/register.ts'
import { EMPTY_SESSION, FIELDS, mergeSessions, type Session, viewField, writeField } from '../../src/session/session.ts'
import { differenceOf } from '../../src/session/session-difference.ts'
import { parseSession, sessionFile, sessionText } from '../../src/session/session-file.ts'
import { type Deed, renameDeed, revertDeed } from '../../src/session/undo.ts'
import { type Subject } from '../../src/session/subject.ts'
import { workedSessions } from './session-arbitraries.ts'

/** What everybody sees: values and conflicts of every field, without ids. */
function seen(session: Session): unknown {
  return [...session]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, { fields }]) => [
      key,
      FIELDS.map((field) => {
        const { value, conflict } = viewRegister(fields[field])
        return [value, conflict.map((change) => [change.by, change.value])]
      }),
    ])
}

function heads(session: Session): ReadonlySet<string> {
  return new Set(
    [...session].flatMap(([key, { fields }]) =>
      FIELDS.flatMap((field) => fields[field]?.heads.map((head) => `${key} ${field} ${changeText(head)}`) ?? []),
    ),
  )
}

function replacedIn(session: Session): ReadonlySet<string> {
  return new Set(
    [...session.values()].flatMap(({ fields }) => FIELDS.flatMap((field) => fields[field]?.replaced ?? [])),
  )
}

describe('merging sessions', () => {
  test.prop([workedSessions])('does not care who merges whom, nor in which order', ([a, b, c]) => {
    const file = (session: Session): unknown => sessionFile(session)
    expect(file(mergeSessions(a, b))).toEqual(file(mergeSessions(b, a)))
    expect(file(mergeSessions(mergeSessions(a, b), c))).toEqual(file(mergeSessions(a, mergeSessions(b, c))))
  })

  test.prop([workedSessions])('changes nothing when it is done again', ([a, b]) => {
    const once = mergeSessions(a, b)
    expect(sessionFile(mergeSessions(once, b))).toEqual(sessionFile(once))
    expect(sessionFile(mergeSessions(once, a))).toEqual(sessionFile(once))
  })

  test.prop([workedSessions])('loses nothing that nobody replaced', ([a, b, c]) => {
    const merged = mergeSessions(mergeSessions(a, b), c)
    const there = heads(merged)
    const replaced = replacedIn(merged)
    for (const one of [a, b, c]) {
      for (const [key, { fields }] of one) {
        for (const field of FIELDS) {
          for (const head of fields[field]?.heads ?? []) {
            expect(there.has(`${key} ${field} ${changeText(head)}`) || replaced.has(head.id)).toBe(true)
          }
        }
      }
    }
  })

  test.prop([workedSessions])('says before what it changes, and what it leaves to settle', ([a, b]) => {
    const { merged, changes, conflicts } = differenceOf(a, b)
    expect(sessionFile(merged)).toEqual(sessionFile(mergeSessions(a, b)))
    if (changes.length === 0) expect(seen(merged)).toEqual(seen(mergeSessions(merged, a)))
    for (const { after } of conflicts) expect(after.conflict.length).toBeGreaterThan(1)
    expect(differenceOf(merged, b).changes).toEqual([])
  })
})

describe('a session file', () => {
  test.prop([workedSessions])('read again is the session that was written', ([a, b]) => {
    const session = mergeSessions(a, b)
    const read = parseSession(sessionText(session))
    expect(read.ok && sessionFile(read.value)).toEqual(sessionFile(session))
    expect(read.ok && sessionText(read.value)).toBe(sessionText(session))
  })
})

describe('undo', () => {
  const subject: Subject = { kind: 'stack', stack: 'fedcba9876543210' }
  const field = 'verdict'

  test.prop([fc.array(fc.constantFrom('new', 'noise', 'fixed', null), { minLength: 1, maxLength: 6 }), fc.nat(6)])(
    'brings back what was seen before each deed, and redo what was seen after it',
    (values, back) => {
      let next = 0
      const mint = (): string => `aaaaaaaa.${++next}`
      const gone = () => ({ id: mint(), by: 'Ann', at: 0, value: null })
      let session: Session = EMPTY_SESSION
      const shown: unknown[] = [viewField(session, [subject], field).value]
      let done: Deed[] = []
      let undone: Deed[] = []
      for (const value of values) {
        const before = session.get('stack\nfedcba9876543210')?.fields[field]?.heads ?? []
        const after = [{ id: mint(), by: 'Ann', at: 0, value }]
        session = writeField(session, {
          names: [subject],
          about: {},
          field,
          ids: before.map(({ id }) => id),
          values: after,
        })
        shown.push(viewField(session, [subject], field).value)
        done.push({ words: '', steps: [{ names: [subject], about: {}, field, before, after }] })
      }
      const revert = (from: Deed[]): Deed => {
        const { session: now, deed, renamed, left } = revertDeed(session, from[from.length - 1], mint, gone)
        session = now
        expect(left).toBe(0)
        done = done.map((one) => renameDeed(one, renamed))
        undone = undone.map((one) => renameDeed(one, renamed))
        return deed
      }
      const steps = Math.min(back, values.length)
      for (let step = 1; step <= steps; step++) {
        const deed = revert(done)
        done.pop()
        undone.push(deed)
        expect(viewField(session, [subject], field).value).toBe(shown[values.length - step])
      }
      for (let step = steps; step > 0; step--) {
        const deed = revert(undone)
        undone.pop()
        done.push(deed)
        expect(viewField(session, [subject], field).value).toBe(shown[values.length - step + 1])
      }
    },
  )

  test('leaves what somebody else has changed since', () => {
    const mine = { id: 'aaaaaaaa.1', by: 'Ann', at: 0, value: 'noise' }
    const theirs = { id: 'bbbbbbbb.1', by: 'Bob', at: 1, value: 'fixed' }
    const names = [subject]
    const first = writeField(EMPTY_SESSION, { names, about: {}, field, ids: [], values: [mine] })
    const then = writeField(first, { names, about: {}, field, ids: [mine.id], values: [theirs] })
    const deed = { words: '', steps: [{ names, about: {}, field, before: [], after: [mine] } as const] }
    const reverted = revertDeed(
      then,
      deed,
      () => 'aaaaaaaa.2',
      () => ({ ...mine, id: 'aaaaaaaa.3', value: null }),
    )
    expect(reverted.left).toBe(1)
    expect(viewField(reverted.session, names, field).value).toBe('fixed')
  })
})
