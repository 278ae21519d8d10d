import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DiffCommand, parseDiff } from '../../src/cli/diff-arguments.ts'
import { runDiff } from '../../src/cli/diff-command.ts'
import { EMPTY_SESSION, writeField } from '../../src/session/session.ts'
import { sessionFile } from '../../src/session/session-file.ts'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

const capture = (name: string): string => fileURLToPath(new URL(`../fixtures/captures/${name}`, import.meta.url))

const LEAKY = capture('leaky-driver-61')
const HEALTHY = capture('healthy')
const LONG = capture('longterm-driver')

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinscope-diff-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const ASKED: DiffCommand = {
  kind: 'diff',
  paths: [HEALTHY],
  withPaths: [LEAKY],
  grouping: 'holder',
  failOn: 'new',
  onlyTold: false,
  ignorePaths: [],
  isJson: false,
}

interface Ended {
  readonly code: number
  readonly text: string
}

async function diff(asked: Partial<DiffCommand>): Promise<Ended> {
  const output = await runDiff({ ...ASKED, ...asked })
  if (!output.ok) return { code: 2, text: output.error }
  return typeof output.value === 'string' ? { code: 0, text: output.value } : output.value
}

async function known(name: string, content: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

describe('the words behind it', () => {
  test('are two captures, or files on both sides of --with', () => {
    expect(parseDiff(['a', 'b', '--fail-on', 'grown'])).toMatchObject({
      value: { paths: ['a'], withPaths: ['b'], failOn: 'grown' },
    })
    expect(parseDiff(['a', 'b', '--with', 'c', '--ignore=x', '--ignore', 'y', '--told'])).toMatchObject({
      value: { paths: ['a', 'b'], withPaths: ['c'], ignorePaths: ['x', 'y'], onlyTold: true },
    })
    expect(parseDiff(['a', '--with', 'b', '--', '--with'])).toMatchObject({ value: { withPaths: ['b', '--with'] } })
  })

  test.each([
    [['a'], 'diff needs two captures'],
    [['a', 'b', 'c'], 'diff needs two captures'],
    [['a', '--with'], 'diff needs two captures'],
    [['a', '--with', 'b', '--with', 'c'], '--with was said before'],
    [['a', 'b', '--fail-on', 'all'], '--fail-on needs one of new, grown, any'],
    [['a', 'b', '--ignore'], '--ignore needs a file of known holders'],
    [['a', 'b', '--by', 'task'], '--by needs one of holder, stack'],
  ])('%j is refused in one line', (words, error) => {
    expect(parseDiff(words)).toEqual({ ok: false, error: expect.stringContaining(error) as unknown })
  })
})

describe('a healthy and a leaking kernel', () => {
  test('fail the gate, with the line that took the reference and the line that tells of the failure', async () => {
    const { code, text } = await diff({})
    expect(code).toBe(1)
    expect(text).toMatch(/^FAIL: 1 holder of pages in B: 1 new\n/)
    expect(text).toMatch(/^new: leaky_grab \[leaky\] \(driver\)$/m)
    expect(text).toMatch(/^ {3}trace\.txt\.gz:22146: 0x1f47a hwcomposer-53 from 3\.244865 not given back/m)
    expect(text).toMatch(/^ {3}trace\.txt\.gz:157947: failed range /m)
    expect(text).toContain('too few to tell')
  })

  test('pass the other way round, and each beside itself', async () => {
    expect(await diff({ paths: [LEAKY], withPaths: [HEALTHY] })).toMatchObject({ code: 0 })
    const same = await diff({ paths: [LEAKY], withPaths: [LEAKY], failOn: 'grown' })
    expect(same.code).toBe(0)
    expect(same.text).toMatch(/^known of A: leaky_grab \[leaky\]/m)
    expect(await diff({ paths: [LEAKY], withPaths: [LEAKY], failOn: 'any' })).toMatchObject({ code: 1 })
  })

  test('pass where only what numbers tell may fail, and say what is new all the same', async () => {
    const { code, text } = await diff({ onlyTold: true })
    expect(code).toBe(0)
    expect(text).toContain('new: leaky_grab')
  })

  test('by stack, name the stack that a known-file takes', async () => {
    const { code, text } = await diff({ grouping: 'stack' })
    expect(code).toBe(1)
    expect(text).toMatch(/^new: leaky_grab \[leaky\] ← /m)
  })

  test('are JSON for machines', async () => {
    const { code, text } = await diff({ isJson: true })
    expect(code).toBe(1)
    expect(JSON.parse(text)).toMatchObject({
      schema: 'pinscope.diff/1',
      fails: true,
      holders: [
        { change: 'new', fails: true, tells: 'too_few', pfns: [0x1f47a], holds: [{ getPlace: { line: 22146 } }] },
      ],
    })
  })
})

describe('what is known', () => {
  test.each([
    ['a function', 'leaky_grab # ticket 7\n'],
    ['a function of a module', '\n# known\nleaky_grab [leaky]\r\n'],
    ['a stack', '439e765fafd70ceb\n'],
  ])('is ignored by %s, and said to be', async (_what, content) => {
    const { code, text } = await diff({ ignorePaths: [await known('known.txt', content)] })
    expect(code).toBe(0)
    expect(text).toMatch(/^new, ignored: leaky_grab \[leaky\]/m)
  })

  test.each([
    ['noise', 0],
    ['wont_fix', 0],
    ['confirmed', 1],
    ['fixed', 1],
  ])('by a session that calls its stack %s ends with %i', async (value, code) => {
    const change = { id: '0123456789ab.1', by: 'ann', at: 1, value }
    const names = [{ kind: 'stack', stack: '439e765fafd70ceb' }] as const
    const session = writeField(EMPTY_SESSION, { names, about: {}, field: 'verdict', ids: [], values: [change] })
    const path = await known('session.json', JSON.stringify(sessionFile(session)))
    expect(await diff({ ignorePaths: [path] })).toMatchObject({ code })
  })

  test.each([
    ['that is no list', 'leaky_grab\nrm -rf /\n', ':2: neither a function nor a stack hash'],
    ['that is no session', '{"pinscope": "slice"}', ': '],
  ])('of a file %s lets no gate pass', async (_what, content, error) => {
    const { code, text } = await diff({ ignorePaths: [await known('wrong.txt', content)] })
    expect(code).toBe(2)
    expect(text).toContain(`wrong.txt${error}`)
    expect(await diff({ ignorePaths: [join(folder, 'none')] })).toMatchObject({ code: 2 })
  })
})

test('a holder of pages that A did not watch is no new one', async () => {
  const b = await known('b.txt', `${tracedText(LEAK)}\n`)
  const { code, text } = await diff({ paths: [LONG], withPaths: [b] })
  expect(code).toBe(0)
  expect(text).toMatch(/^not watched in A: leaky_grab \[leaky\]/m)
  expect(text).toMatch(/A watched 0 of its /)
})

test('captures without references cannot pass', async () => {
  const empty = await known('dmesg.txt', '[    1.000000] Linux version 6.12.0\n[    2.000000] cma: reserved\n')
  expect(await diff({ withPaths: [empty] })).toEqual({
    code: 2,
    text: 'not comparable: B traced no page_ref events: nothing tells who holds pages there',
  })
  expect(await diff({ paths: [join(folder, 'none')] })).toMatchObject({
    code: 2,
    text: expect.stringMatching(/^A: /) as unknown,
  })
})
