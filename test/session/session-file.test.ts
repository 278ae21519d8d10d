import { readFileSync } from 'node:fs'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { carriedTo, namesOfRange, saidOf, saidOn } from '../../src/session/carried.ts'
import { parseSession, readSessionFile, sessionText } from '../../src/session/session-file.ts'
import { LIMITS } from '../../src/session/session-limits.ts'
import { upgradeSession } from '../../src/session/session-upgrade.ts'
import { EMPTY_SESSION, mergeSessions, viewField } from '../../src/session/session.ts'

const GOLDEN = readFileSync(new URL('../fixtures/session/pinscope-session-v1.json', import.meta.url), 'utf8')

const change = (value: unknown, over: object = {}): object => ({ id: 'a1b2c3d4.1', by: 'Ann', at: 1, value, ...over })
const stackEntry = (over: object = {}): object => ({
  kind: 'stack',
  stack: '0011223344556677',
  verdict: { heads: [change('noise')], replaced: [] },
  ...over,
})
const file = (entries: unknown, over: object = {}): string =>
  JSON.stringify({ pinscope: 'session', version: 1, entries, ...over })

describe('the session of version 1 that was released', () => {
  const read = parseSession(GOLDEN)
  if (!read.ok) throw new Error(read.error.message)
  const session = read.value

  test('is read and written as it was', () => {
    expect(sessionText(session)).toBe(GOLDEN)
  })

  test('says what people said, their conflict among it', () => {
    const identity = { files: [{ name: 'trace.txt', hashes: ['5d1c0a9be2f34478'] }], release: '6.12.0-lab' }
    const said = saidOf(session, namesOfRange(identity, 'cma:17800-17c00:1200000000'))
    expect(said.verdict.conflict.map(({ by, value }) => `${by}: ${value}`)).toEqual(['Ann: confirmed', 'Bob: wont_fix'])
    expect(said.note.value).toBe('two lines\nof a note')
    const event = { kind: 'event', hash: '5d1c0a9be2f34478', line: 8127 } as const
    expect(viewField(session, [event], 'label').value).toBe('the put that never came')
    expect(viewField(session, [{ kind: 'stack', stack: '0011223344556677' }], 'assignee').value).toBeUndefined()
  })

  test('is carried to another capture of the same kernel by the stack, and to no other kernel', () => {
    const other = (release: string) => ({ files: [{ name: 'new.txt', hashes: ['aaaaaaaaaaaaaaaa'] }], release })
    const found = carriedTo(session, other('6.12.0-lab'), '0011223344556677')
    expect(found.map(({ entry, isSameKernel }) => [entry.about.file, isSameKernel])).toEqual([['trace.txt', true]])
    expect(carriedTo(session, other(''), '0011223344556677').map((one) => one.isSameKernel)).toEqual([false])
    expect(carriedTo(session, other('6.1.0'), '0011223344556677')).toEqual([])
    expect(carriedTo(session, other('6.12.0-lab'), '7766554433221100')).toEqual([])
    const same = { files: [{ name: 'trace.txt', hashes: ['5d1c0a9be2f34478'] }], release: '6.12.0-lab' }
    expect(carriedTo(session, same, '0011223344556677')).toEqual([])
  })
})

test('what is said of one capture alone has nothing of others', () => {
  const read = parseSession(GOLDEN)
  const session = read.ok ? read.value : EMPTY_SESSION
  const of = (hash: string) => saidOn(session, { files: [{ name: 'trace.txt', hashes: [hash] }], release: '' })
  expect([...of('5d1c0a9be2f34478').values()].map(({ subject }) => subject.kind)).toEqual(['event', 'range'])
  expect(of('aaaaaaaaaaaaaaaa').size).toBe(0)
})

test('of a stack that was judged on other captures too, nothing of those goes along', () => {
  const on = (hash: string, name: string): object => ({ on: { file: name, hash, release: '6.12.0' } })
  const own = { heads: [change('noise', on('5d1c0a9be2f34478', 'trace.txt'))], replaced: [] }
  const other = {
    heads: [change('a customer of ours', { id: 'b.1'.padStart(10, 'b'), ...on('aaaaaaaaaaaaaaaa', 'secret.txt') })],
  }
  const read = parseSession(file([stackEntry({ about: { file: 'secret.txt' }, verdict: own, note: other })]))
  if (!read.ok) throw new Error(read.error.message)
  const said = saidOn(read.value, { files: [{ name: 'trace.txt', hashes: ['5d1c0a9be2f34478'] }], release: '' })
  expect([...said.values()].map(({ fields }) => fields.verdict?.heads.length)).toEqual([1])
  expect(sessionText(said)).not.toMatch(/secret|customer|aaaaaaaaaaaaaaaa/)
})

describe('a file that is no session', () => {
  test.each([
    ['no JSON', 'hello', 'no JSON'],
    ['cut short', GOLDEN.slice(0, 400), 'no JSON'],
    ['JSON of something else', '{"schema":"pinscope.rules/1"}', 'does not say that it is a pinscope session'],
    ['null', 'null', 'does not say'],
    ['an array', '[]', 'does not say'],
    ['without a version', '{"pinscope":"session","entries":[]}', 'which version'],
    ['of version 0.5', file([], { version: 0.5 }), 'which version'],
    ['without entries', '{"pinscope":"session","version":1}', 'entries'],
    ['of an unknown kind', file([{ kind: 'task', comm: 'x' }]), 'kind'],
    ['of an unknown verdict', file([stackEntry({ verdict: { heads: [change('held')], replaced: [] } })]), 'verdict'],
    ['with a stack that is no hash', file([stackEntry({ stack: '../../etc' })]), 'stack'],
    ['with a field without values', file([stackEntry({ verdict: { replaced: [] } })]), 'heads'],
    ['with an id that is none', file([stackEntry({ note: { heads: [change('x', { id: '__proto__' })] } })]), 'id'],
    ['with a note that is an object', file([stackEntry({ note: { heads: [change({ toString: 'x' })] } })]), 'note'],
    ['with a time that is none', file([stackEntry({ note: { heads: [change('x', { at: -1 })] } })]), 'at'],
  ])('%s is refused with the reason', (_what, text, reason) => {
    const read = parseSession(text)
    expect(read.ok ? 'taken' : `${read.error.kind}: ${read.error.message}`).toMatch(/^broken: /)
    expect(!read.ok && read.error.message).toContain(reason)
  })

  test('of a newer version is told apart, so that it is not overwritten', () => {
    const read = parseSession(file([], { version: 2 }))
    expect(!read.ok && read.error).toEqual({
      kind: 'newer',
      message: 'It is a session of version 2; this pinscope reads up to version 1. A newer pinscope wrote it.',
    })
  })

  test('is refused beyond each limit', () => {
    const long = (length: number): string => 'x'.repeat(length)
    const note = (value: string): string => file([stackEntry({ note: { heads: [change(value)] } })])
    expect(parseSession(note(long(LIMITS.note))).ok).toBe(true)
    expect(parseSession(note(long(LIMITS.note + 1))).ok).toBe(false)
    expect(parseSession(file([stackEntry({ assignee: { heads: [change(long(LIMITS.line + 1))] } })])).ok).toBe(false)
    const many = Array.from({ length: LIMITS.heads + 1 }, (_, at) => change('x', { id: `a1b2c3d4.${at + 1}` }))
    expect(parseSession(file([stackEntry({ note: { heads: many } })])).ok).toBe(false)
    expect(parseSession(' '.repeat(LIMITS.size + 1)).ok).toBe(false)
    const entries = Array.from({ length: LIMITS.entries + 1 }, () => 0)
    expect(parseSession(file(entries)).ok).toBe(false)
    expect(parseSession('['.repeat(100_000)).ok).toBe(false)
  })

  test.prop([fc.json()])('of any JSON never throws', (text) => {
    expect(parseSession(text).ok).toBe(false)
  })

  test.prop([fc.nat(), fc.string({ maxLength: 3 })])('with any bytes changed never throws', (at, put) => {
    const place = at % GOLDEN.length
    const read = parseSession(GOLDEN.slice(0, place) + put + GOLDEN.slice(place + 1))
    expect(typeof read.ok).toBe('boolean')
  })
})

describe('tricks with names', () => {
  test('names of prototypes are text, and change nothing', () => {
    const text = `{"pinscope":"session","version":1,"__proto__":{"polluted":1},"entries":[{"kind":"range",
      "hash":"5d1c0a9be2f34478","failure":"__proto__","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},
      "about":{"what":"toString","__proto__":{"polluted":1}},
      "verdict":{"heads":[{"id":"a1b2c3d4.1","by":"constructor","at":1,"value":"noise","__proto__":{"polluted":1}}]}}]}`
    const read = parseSession(text)
    expect(read.ok).toBe(true)
    if (!read.ok) return
    expect('polluted' in {}).toBe(false)
    expect(sessionText(read.value)).not.toContain('polluted')
    const names = [{ kind: 'range', hash: '5d1c0a9be2f34478', failure: '__proto__' }] as const
    expect(viewField(read.value, names, 'verdict').value).toBe('noise')
  })

  test('an entry that is there twice is one', () => {
    const read = readSessionFile(
      JSON.parse(
        file([stackEntry(), stackEntry({ verdict: { heads: [change('fixed', { id: 'bbbbbbbb.1' })], replaced: [] } })]),
      ),
    )
    const session = read.ok ? read.value : EMPTY_SESSION
    const { conflict } = viewField(session, [{ kind: 'stack', stack: '0011223344556677' }], 'verdict')
    expect(session.size).toBe(1)
    expect(conflict.map(({ value }) => value)).toEqual(['noise', 'fixed'])
  })

  test('files that replace each other leave nothing, and that can be written and read', () => {
    const forged = (own: string, other: string): string =>
      file([stackEntry({ verdict: { heads: [change('noise', { id: own })], replaced: [other] } })])
    const [one, other] = [
      parseSession(forged('aaaaaaaa.1', 'bbbbbbbb.1')),
      parseSession(forged('bbbbbbbb.1', 'aaaaaaaa.1')),
    ]
    const merged = mergeSessions(one.ok ? one.value : EMPTY_SESSION, other.ok ? other.value : EMPTY_SESSION)
    const read = parseSession(sessionText(merged))
    expect(read.ok && sessionText(read.value)).toBe(sessionText(merged))
  })
})

describe('upgrading', () => {
  const upgraders = {
    1: (old: Readonly<Record<string, unknown>>) => ({ ...old, entries: [...(old['entries'] as unknown[]), 'second'] }),
    2: (old: Readonly<Record<string, unknown>>) => ({ ...old, entries: [...(old['entries'] as unknown[]), 'third'] }),
  }

  test('goes one step a version', () => {
    const upgraded = upgradeSession({ pinscope: 'session', version: 1, entries: [] }, upgraders, 3)
    expect(upgraded.ok && upgraded.value).toEqual({ pinscope: 'session', version: 3, entries: ['second', 'third'] })
  })

  test('says which version nobody can read any more', () => {
    const upgraded = upgradeSession({ pinscope: 'session', version: 1 }, { 2: upgraders[2] }, 3)
    expect(!upgraded.ok && upgraded.error.message).toContain('version 1')
  })
})
