import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { stackHashesOf, stackHashOf } from '../../../src/derive/stack-hash.ts'
import { NONE } from '../../../src/model/ids.ts'
import { type Change } from '../../../src/session/register.ts'
import { readSessionFile, type SessionFile } from '../../../src/session/session-file.ts'
import { writeBugReport } from '../../../src/report/mail/bug-report.ts'
import { factsOf, openedSlice, readCapture, sliceOf } from '../../support/slice-of.ts'

const FOLDER = new URL('../../fixtures/captures/leaky-driver-61/', import.meta.url)
const filesOf = (): readonly File[] =>
  readdirSync(FOLDER)
    .filter((name) => name !== 'truth.json')
    .map((name) => new File([readFileSync(new URL(name, FOLDER))], name))

let changes = 0
function head<T extends string>(by: string, value: T): { heads: (Change & { value: T })[]; replaced: string[] } {
  return { heads: [{ id: `00000000abcd.${++changes}`, by, at: 1_700_000_000_000, value }], replaced: [] }
}

const whole = await readCapture(filesOf())
const [{ range }] = whole.derived.findings
const file = whole.trace.files.find(({ format }) => format === 'ftrace') ?? whole.trace.files[0]
const hash = file.hash.kind === 'known' ? file.hash.sha256.slice(0, 16) : ''
const about = { kind: 'range', failure: range.id } as const
const plain = await sliceOf(whole, about)
const opened = await openedSlice(plain.json)
const { events } = opened.trace
const [first] = Array.from({ length: events.length }, (_, row) => events.stack[row]).flatMap((one) =>
  one === NONE ? [] : [one],
)
const stack = first === NONE ? '' : stackHashOf(opened.trace, first)
const comm = plain.redactable.comms.find((one) => one.startsWith('leaky') || one.length > 4) ?? ''
const symbol = plain.redactable.symbols.find((one) => one.startsWith('leaky_')) ?? ''
const member = plain.slice.files[file.index]
const [[line]] = member.spans

const SAID: SessionFile = {
  pinscope: 'session',
  version: 1,
  entries: [
    {
      kind: 'range',
      hash,
      failure: range.id,
      about: { file: file.name, holder: symbol, stack },
      verdict: head('Ann Lee', 'confirmed'),
      note: head('Ann Lee', `ask Zoltan about ${symbol},\nrun by ${comm}`),
      assignee: head('Ann Lee', 'Zoltan'),
    },
    { kind: 'range', hash, failure: 'another', about: {}, note: head('Ann Lee', 'of another range') },
    { kind: 'range', hash: '0'.repeat(16), failure: range.id, about: {}, note: head('Ann Lee', 'of another capture') },
    { kind: 'stack', stack, about: {}, note: head('Bob', 'of its stack') },
    { kind: 'stack', stack: 'f'.repeat(16), about: {}, note: head('Bob', 'of another stack') },
    { kind: 'event', hash, line, about: {}, label: head('Bob', 'of its line') },
    { kind: 'event', hash, line: 999_999, about: {}, label: head('Bob', 'of another line') },
  ],
}

describe('what people said of a slice', () => {
  test('goes along, and nothing that was said of anything else', async () => {
    const { said } = await sliceOf(whole, about, {}, { said: SAID })
    const text = JSON.stringify(said)
    expect(said?.entries.map(({ kind }) => kind).toSorted()).toEqual(['event', 'range', 'stack'])
    for (const words of ['confirmed', 'ask Zoltan', 'of its stack', 'of its line']) expect(text).toContain(words)
    for (const other of ['range', 'capture', 'stack', 'line']) expect(text).not.toContain(`of another ${other}`)
  })

  test('is absent where nobody said anything of it', async () => {
    const others = { ...SAID, entries: SAID.entries.slice(1, 3) }
    expect((await sliceOf(whole, about, {}, { said: others })).said).toBeUndefined()
    expect(plain.said).toBeUndefined()
  })

  test('has the other names of the slice, and still belongs to what the slice has', async () => {
    const all = { comms: true, pids: true, addresses: true, files: true, people: true, symbols: [symbol] }
    expect([symbol, comm, hash].map((word) => word.length > 0)).toEqual([true, true, true])
    const made = await sliceOf(whole, about, all, { said: SAID })
    const text = JSON.stringify(made.said)
    for (const word of ['Ann', 'Bob', 'Zoltan', symbol, comm, file.name]) expect(text).not.toContain(word)
    expect(text).toMatch(/ask person-\d about symbol_1,\\nrun by comm-\d+/)
    const ids = JSON.stringify(made.said).match(/"[0-9a-f]{8,32}\.\d+"/g) ?? []
    expect(ids.length).toBeGreaterThan(0)
    expect(ids.join()).not.toContain('abcd')
    expect(readSessionFile(made.said).ok).toBe(true)
    const again = await openedSlice(made.json)
    const known = new Set(stackHashesOf(again.trace).hashes)
    const entries = made.said?.entries ?? []
    const named = entries.flatMap((entry) => (entry.kind === 'stack' ? [entry.stack] : [entry.about.stack ?? '']))
    expect(named.filter((one) => one !== '').map((one) => known.has(one))).toEqual([true, true])
    expect(entries.flatMap((entry) => (entry.kind === 'stack' ? [] : [entry.hash]))).toEqual([hash, hash])
  })
})

describe('a text on the same finding', () => {
  const all = { comms: true, pids: true, addresses: true, files: true, people: true, symbols: [symbol] }
  const session = { verdict: 'known', note: `ask Zoltan about ${symbol}, run by ${comm}-4321`, assignee: 'Zoltan' }

  test.each(['text', 'markdown', 'json'] as const)('gets the other names of the slice, as %s', async (format) => {
    const made = await sliceOf(whole, about, all, { said: SAID, text: { format, session } })
    for (const word of [symbol, comm, 'Zoltan']) expect(made.text).not.toContain(word)
    for (const { name } of whole.trace.files) expect(made.text).not.toContain(name)
    expect(made.text).toContain('symbol_1')
    expect(made.text).toMatch(/comm-\d+-1\d{4}/)
  })

  test('as JSON keeps its shape, and numbers that are no pids', async () => {
    const facts = await factsOf(whole, { kind: 'failure', id: range.id })
    const made = await sliceOf(whole, about, all, { text: { format: 'json' } })
    const shape = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shape)
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(
          Object.entries(value).map(([key, one]) => [key, /^t?g?pid$/.test(key) ? 'pid' : shape(one)]),
        )
      return typeof value === 'string' ? '' : value
    }
    expect(shape(JSON.parse(made.text ?? ''))).toEqual(shape(JSON.parse(writeBugReport(facts, 'json'))))
  })
})
