import * as fc from 'fast-check'
import { type Change, mergeRegisters, type Register } from '../../src/session/register.ts'
import { EMPTY_REGISTER } from '../../src/session/register.ts'
import { EMPTY_SESSION, type Field, mergeSessions, type Session, writeField } from '../../src/session/session.ts'
import { SESSION_VERDICTS } from '../../src/session/session-verdict.ts'
import { type Subject } from '../../src/session/subject.ts'

/** Any change, from few replicas, so that ids meet. */
export const anyChange = (value: fc.Arbitrary<string>): fc.Arbitrary<Change> =>
  fc.record(
    {
      id: fc
        .tuple(fc.constantFrom('aaaaaaaa', 'bbbbbbbb', 'cccccccc'), fc.integer({ min: 1, max: 6 }))
        .map(([replica, n]) => `${replica}.${n}`),
      by: fc.constantFrom('', 'Ann', 'Bob <b@x>'),
      at: fc.integer({ min: 0, max: 5 }),
      value: fc.option(value, { nil: null }),
      on: fc.record({
        file: fc.string({ maxLength: 8 }),
        hash: fc.constant('0123456789abcdef'),
        release: fc.constant(''),
      }),
    },
    { requiredKeys: ['id', 'by', 'at', 'value'] },
  )

/** Any register, forged ones included: as a merge leaves it, but perhaps without a head. */
export const anyRegister = (value: fc.Arbitrary<string>): fc.Arbitrary<Register> =>
  fc
    .tuple(fc.array(anyChange(value), { maxLength: 4 }), fc.array(anyChange(value), { maxLength: 4 }))
    .map(([heads, gone]) => mergeRegisters(EMPTY_REGISTER, { heads, replaced: gone.map(({ id }) => id) }))

const SUBJECTS: readonly Subject[] = [
  { kind: 'range', hash: '0123456789abcdef', failure: 'cma:dc00-1fc00:2987878000' },
  { kind: 'range', hash: 'samples-0123456789abcdef', failure: 'cma:dc00-1fc00:2987878000' },
  { kind: 'stack', stack: 'fedcba9876543210' },
  { kind: 'event', hash: '0123456789abcdef', line: 17 },
]

const anyWord = fc.string({ maxLength: 40 })

/** One thing that somebody does. */
interface Act {
  readonly replica: number
  readonly subject: Subject
  readonly field: Field
  readonly value: string | null
  /** Merges from this replica first. */
  readonly from: number
  readonly about: string
}

const anyAct: fc.Arbitrary<Act> = fc.constantFrom(...SUBJECTS).chain((subject) => {
  const fields: readonly Field[] = subject.kind === 'event' ? ['label'] : ['verdict', 'note', 'assignee']
  return fc.constantFrom(...fields).chain((field) =>
    fc.record({
      replica: fc.nat(2),
      subject: fc.constant(subject),
      field: fc.constant(field),
      value: fc.option(field === 'verdict' ? fc.constantFrom(...SESSION_VERDICTS) : anyWord, { nil: null }),
      from: fc.nat(2),
      about: anyWord,
    }),
  )
})

/** Three people's sessions after they worked, each by themselves, and took over from each other now and then. */
export const workedSessions: fc.Arbitrary<readonly [Session, Session, Session]> = fc
  .array(anyAct, { maxLength: 25 })
  .map((acts) => {
    const sessions: [Session, Session, Session] = [EMPTY_SESSION, EMPTY_SESSION, EMPTY_SESSION]
    for (const [at, act] of acts.entries()) {
      const { replica, subject, field, value, from, about } = act
      const known = at % 3 === 0 ? mergeSessions(sessions[replica], sessions[from]) : sessions[replica]
      const heads = [...known.values()].find((entry) => entry.subject === subject)?.fields[field]?.heads ?? []
      sessions[replica] = writeField(known, {
        names: [subject],
        about: { what: about },
        field,
        ids: heads.map(({ id }) => id),
        values: [{ id: `${'abc'[replica].repeat(8)}.${at + 1}`, by: ['Ann', 'Bob', ''][replica], at, value }],
      })
    }
    return sessions
  })
