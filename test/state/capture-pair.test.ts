import { describe, expect, test } from 'vitest'
import { CapturePair } from '../../src/state/capture-pair.ts'
import { captureOf } from '../../src/state/capture-store.ts'
import { otherOf } from '../../src/state/use-comparison.ts'
import { FakeConnection, overviewOf } from '../support/fake-trace-api.ts'

class Worker extends FakeConnection {
  isEnded = false
  rules = ''
  readonly dispose = (): void => void (this.isEnded = true)
  readonly rulesText = (): string => this.rules
}

const FILE = new File(['x'], 'b.txt')

function pairOf() {
  const a = new Worker()
  const others: Worker[] = []
  const pair = new CapturePair(a, () => {
    const worker = new Worker()
    others.push(worker)
    return worker
  })
  return { a, others, pair }
}

async function loaded(): Promise<ReturnType<typeof pairOf>> {
  const all = pairOf()
  void all.pair.state().a.open([FILE], 'instead')
  await Promise.resolve()
  await all.a.loads[0].finish({ ok: true, overview: overviewOf([]) })
  void all.pair.other().open([FILE], 'instead')
  await Promise.resolve()
  await all.others[0].loads[0].finish({ ok: true, overview: overviewOf([]) })
  return all
}

describe('a second capture', () => {
  test('has no worker until it is wanted', () => {
    const { others, pair } = pairOf()
    expect(others).toHaveLength(0)
    expect(pair.state().b).toBeUndefined()
  })

  test('is read by a connection of its own, and the first never hears of it', async () => {
    const { a, others, pair } = await loaded()
    expect(a.loads).toHaveLength(1)
    expect(others).toHaveLength(1)
    expect(captureOf(pair.state().b?.state() ?? { status: 'empty' })).toBeDefined()
  })

  test('has numbers that no answer about the first can be taken for', async () => {
    const { pair } = await loaded()
    const { a, b } = pair.state()
    expect(captureOf(a.state())?.reading).not.toBe(b && captureOf(b.state())?.reading)
    expect(captureOf(a.state())?.generation).not.toBe(b && captureOf(b.state())?.generation)
  })

  test('ends with its worker when it is closed, and the next one has another', async () => {
    const { a, others, pair } = await loaded()
    pair.closeOther()
    expect(others[0].isEnded).toBe(true)
    expect(a.isEnded).toBe(false)
    expect(pair.state().b).toBeUndefined()
    pair.other()
    expect(others).toHaveLength(2)
  })

  test('changes places with the first without anything being read, and back', async () => {
    const { a, others, pair } = await loaded()
    const before = pair.state()
    pair.swap()
    expect(pair.state()).toEqual({ a: before.b, b: before.a })
    pair.closeOther()
    expect(a.isEnded).toBe(true)
    expect(others[0].isEnded).toBe(false)
    expect([...a.loads, ...others[0].loads]).toHaveLength(2)
  })

  test('is judged by the rules of the first', async () => {
    const { a, others, pair } = await loaded()
    a.rules = '{"schema": "pinscope.rules/1"}'
    await pair.judgeAlike()
    expect(others[0].judged).toEqual([{ how: 'instead', text: a.rules }])
    expect(a.judged).toEqual([])
  })

  test('is told to whoever listens', () => {
    const { pair } = pairOf()
    let told = 0
    const stop = pair.subscribe(() => told++)
    pair.other()
    pair.other()
    pair.closeOther()
    stop()
    pair.other()
    expect(told).toBe(2)
  })
})

test('a link names B as it names A', () => {
  const otherFile = { fileName: 'b.txt', hash: '0123456789abcdef' }
  expect(otherOf({ otherFile, otherSet: undefined })).toEqual({ ...otherFile, set: '' })
  expect(otherOf({ otherFile: undefined, otherSet: '00ff00ff' })).toBeUndefined()
})
