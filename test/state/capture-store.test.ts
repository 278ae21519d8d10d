import { describe, expect, test } from 'vitest'
import { type IndexNews, type LoadResult } from '../../src/bridge/protocol.ts'
import { type OverviewAnswer } from '../../src/queries/overview.ts'
import { captureOf, CaptureStore } from '../../src/state/capture-store.ts'
import { FakeConnection, fileAnswer, hashOf, loaded, overviewOf, refused, settle } from '../support/fake-trace-api.ts'

const file = (name: string): File => new File(['text'], name)

async function storeWith(name: string): Promise<{ store: CaptureStore; connection: FakeConnection }> {
  const connection = new FakeConnection()
  const store = new CaptureStore(connection)
  void store.open([file(name)], 'instead')
  await settle()
  await connection.loads[0].finish(loaded(name))
  return { store, connection }
}

const namesIn = (store: CaptureStore): readonly string[] | undefined =>
  captureOf(store.state())?.overview.files.map(({ name }) => name)

describe('the capture store', () => {
  test('begins empty and ignores a drop of nothing', async () => {
    const connection = new FakeConnection()
    const store = new CaptureStore(connection)
    await store.open([], 'instead')
    expect(store.state()).toEqual({ status: 'empty' })
    expect(connection.loads).toEqual([])
  })

  test('tells how far reading has come', async () => {
    const connection = new FakeConnection()
    const store = new CaptureStore(connection)
    void store.open([file('a')], 'instead')
    await settle()
    const progress = {
      phase: 'reading',
      fileName: 'a',
      fileIndex: 0,
      fileCount: 1,
      bytesRead: 5,
      bytesTotal: 9,
      events: 2,
    } as const
    connection.loads[0].tell(progress)
    expect(store.state()).toMatchObject({ status: 'loading', names: ['a'], progress })
  })

  test('is ready when reading is done, and has a new generation each time', async () => {
    const { store, connection } = await storeWith('a')
    expect(store.state()).toMatchObject({ status: 'ready', capture: { generation: 1 } })
    void store.open([file('b')], 'instead')
    await settle()
    await connection.loads[1].finish(loaded('b'))
    expect(store.state()).toMatchObject({ status: 'ready', capture: { generation: 2 } })
  })

  test('keeps what was loaded while more is read', async () => {
    const { store } = await storeWith('a')
    void store.open([file('b')], 'instead')
    await settle()
    expect(store.state().status).toBe('loading')
    expect(namesIn(store)).toEqual(['a'])
  })

  test('keeps what was loaded when reading fails, until the failure is put away too', async () => {
    const { store, connection } = await storeWith('a')
    void store.open([file('b')], 'instead')
    await settle()
    await connection.loads[1].finish(refused)
    expect(store.state()).toMatchObject({ status: 'failed', problem: { code: 'nothing_readable' } })
    expect(namesIn(store)).toEqual(['a'])
    store.dismiss()
    expect(store.state().status).toBe('ready')
    expect(namesIn(store)).toEqual(['a'])
  })

  test('keeps what was loaded when reading is cancelled, and ignores what the cancelled load says later', async () => {
    const { store, connection } = await storeWith('a')
    void store.open([file('b')], 'instead')
    await settle()
    store.cancel()
    expect(connection.cancelled).toBe(1)
    expect(store.state().status).toBe('ready')
    await connection.loads[1].finish(loaded('b'))
    expect(namesIn(store)).toEqual(['a'])
  })

  test('is empty again when the first load is cancelled', async () => {
    const connection = new FakeConnection()
    const store = new CaptureStore(connection)
    void store.open([file('a')], 'instead')
    await settle()
    store.cancel()
    expect(store.state()).toEqual({ status: 'empty' })
  })

  test('takes the later of two loads, whichever ends first', async () => {
    const connection = new FakeConnection()
    const store = new CaptureStore(connection)
    void store.open([file('a')], 'instead')
    await settle()
    void store.open([file('b')], 'instead')
    await settle()
    await connection.loads[1].finish(loaded('b'))
    await connection.loads[0].finish(loaded('a'))
    expect(namesIn(store)).toEqual(['b'])
  })

  test('does not load files that were fetched after the fetching was cancelled', async () => {
    const connection = new FakeConnection()
    const store = new CaptureStore(connection)
    let deliver: (files: readonly File[]) => void = () => undefined
    void store.openFetched(['a'], () => new Promise((resolve) => (deliver = resolve)))
    store.cancel()
    deliver([file('a')])
    await settle()
    expect(connection.loads).toEqual([])
    expect(store.state()).toEqual({ status: 'empty' })
  })

  test('says in words that files could not be fetched', async () => {
    const store = new CaptureStore(new FakeConnection())
    await store.openFetched(['a'], () => Promise.reject(new Error('http://host/a answered 404')))
    const state = store.state()
    expect(state.status === 'failed' && state.problem.message).toContain('http://host/a answered 404')
  })

  test('hands an addition on as one, and remembers what it was added to until the link tells', async () => {
    const { store, connection } = await storeWith('a')
    expect(captureOf(store.state())?.replaced).toBeUndefined()
    void store.open([file('b')], 'addition')
    await settle()
    expect(connection.loads[1]).toMatchObject({ names: ['b'], isAddition: true })
    await connection.loads[1].finish(loaded('a', 'b'))
    expect(captureOf(store.state())?.replaced).toMatchObject({ opening: 'addition', files: [{ name: 'a' }] })
    store.linkWritten()
    expect(captureOf(store.state())?.replaced).toBeUndefined()
    expect(namesIn(store)).toEqual(['a', 'b'])
  })

  test('tells how far pairing is, and takes the overview that comes of it', async () => {
    const connection = new FakeConnection()
    let resolve: (overview: OverviewAnswer) => void = () => undefined
    connection.paired = new Promise((done) => (resolve = done))
    const store = new CaptureStore(connection)
    void store.open([file('a')], 'instead')
    await settle()
    const overview = overviewOf([fileAnswer('a')], { isPairing: true, holds: 1 })
    await connection.loads[0].finish({ ok: true, overview })
    expect(store.pairing()).toEqual({})
    connection.tellPairing({ done: 1, total: 9 })
    expect(store.pairing()).toEqual({ progress: { done: 1, total: 9 } })
    resolve(overviewOf([fileAnswer('a')], { holds: 7 }))
    await settle()
    expect(store.pairing()).toBeUndefined()
    expect(captureOf(store.state())?.overview).toMatchObject({ holds: 7 })
    expect(captureOf(store.state())?.generation).toBe(1)
  })

  test('tells how far hashing is, stops it and goes on, and takes the hashes that come of it', async () => {
    const connection = new FakeConnection()
    const putOff = fileAnswer('a', { hash: { kind: 'put_off', fingerprint: '' } })
    let resolve: (files: OverviewAnswer['files']) => void = () => undefined
    connection.hashed = new Promise((done) => (resolve = done))
    const store = new CaptureStore(connection)
    void store.open([file('a')], 'instead')
    await settle()
    await connection.loads[0].finish({ ok: true, overview: overviewOf([putOff], { holds: 1 }) })
    expect(store.hashing()).toEqual({ isStopped: false })
    const progress = { file: 0, fileName: 'a', bytesDone: 1, bytesTotal: 9 }
    connection.tellHashing(progress)
    store.stopHashing()
    resolve([putOff])
    await settle()
    expect(store.hashing()).toEqual({ isStopped: true, progress })
    connection.hashed = Promise.resolve([fileAnswer('a')])
    const hash = (await store.hashNow())?.at(0)?.hash
    expect(hash).toEqual({ kind: 'known', sha256: hashOf('a') })
    expect(connection.steered).toEqual(['stop', 'now'])
    expect(store.hashing()).toBeUndefined()
    expect(captureOf(store.state())).toMatchObject({ generation: 1, overview: { holds: 1, files: [{ hash }] } })
  })

  describe('while a large file is hashed', () => {
    const putOff = fileAnswer('a', { hash: { kind: 'put_off', fingerprint: '' } })
    type Hashed = OverviewAnswer['files'] | undefined

    /** A store with a file whose hash is put off; `answers` end the waiting for hashes, one after another. */
    async function hashingStore() {
      const connection = new FakeConnection()
      const answers: ((files: Hashed) => void)[] = []
      connection.api.contentHashes = () => new Promise<Hashed>((resolve) => answers.push(resolve))
      const store = new CaptureStore(connection)
      void store.open([file('a')], 'instead')
      await settle()
      await connection.loads[0].finish({ ok: true, overview: overviewOf([putOff]) })
      return { store, connection, answers }
    }

    test('who waits for the hash of a file gets nothing when another one took its place', async () => {
      const { store, connection, answers } = await hashingStore()
      const waiting = store.hashNow()
      void store.open([file('b')], 'instead')
      await settle()
      answers[0](undefined) // the worker of what was open ends
      await connection.loads[1].finish(loaded('b'))
      expect(await waiting).toBeUndefined()
      expect(store.hashing()).toBeUndefined()
    })

    test('goes on when that is asked before it is known that it was stopped', async () => {
      const { store, answers } = await hashingStore()
      const first = store.hashNow()
      store.stopHashing()
      const second = store.hashNow()
      await settle()
      answers[0]([putOff])
      await settle()
      expect(store.hashing()).toEqual({ isStopped: false })
      answers[1]([fileAnswer('a')])
      for (const waiting of [first, second])
        expect(await waiting).toMatchObject([{ hash: { kind: 'known', sha256: hashOf('a') } }])
      expect(store.hashing()).toBeUndefined()
    })

    test('is stopped for all who wait', async () => {
      const { store, answers } = await hashingStore()
      const waiting = store.hashNow()
      store.stopHashing()
      answers[0]([putOff])
      expect(await waiting).toMatchObject([{ hash: { kind: 'put_off' } }])
      expect(store.hashing()).toEqual({ isStopped: true })
    })

    test('tells that the worker ended, and does not wait for it again', async () => {
      const { store, connection, answers } = await hashingStore()
      answers[0](undefined)
      await settle()
      expect(store.hashing()).toEqual({ isStopped: true, isLost: true })
      expect(await store.hashNow()).toMatchObject([{ hash: { kind: 'put_off' } }])
      expect(connection.steered).toEqual([])
    })

    test('asks again what became of the index, which is kept when hashing went on', async () => {
      const { store, connection, answers } = await hashingStore()
      store.stopHashing()
      answers[0]([putOff])
      await settle()
      connection.news = Promise.resolve({ kind: 'not_kept', why: 'failed' })
      void store.hashNow()
      await settle()
      expect(captureOf(store.state())?.index).toEqual({ from: 'files', news: { kind: 'not_kept', why: 'failed' } })
    })
  })

  test('tells its listeners of each change until they leave', async () => {
    const connection = new FakeConnection()
    const store = new CaptureStore(connection)
    const seen: string[] = []
    const leave = store.subscribe(() => seen.push(store.state().status))
    void store.open([file('a')], 'instead')
    await settle()
    await connection.loads[0].finish(loaded('a'))
    leave()
    void store.open([file('b')], 'instead')
    expect(seen, 'the last: what became of its index').toEqual(['loading', 'ready', 'ready'])
  })
})

describe('rules of a person', () => {
  const rules = { hash: '1a2b3c4d', link: '1a2b3c4d', words: 'rules: built-in v4 + 1 of yours', changed: 1, off: 0 }
  const mine = { how: 'merge', text: 'mine' } as const

  test('are another generation of the same capture, and stay with the next one', async () => {
    const { store, connection } = await storeWith('a')
    const before = captureOf(store.state())
    connection.judgement = { ok: true, overview: overviewOf([fileAnswer('a')], { holds: 7 }), rules, text: 'mine' }
    expect(await store.applyRules(mine)).toEqual({ ok: true, mark: rules })
    expect(connection.judged).toEqual([mine])
    const after = captureOf(store.state())
    expect(after).toMatchObject({ overview: { holds: 7 }, rules: { hash: '1a2b3c4d' } })
    expect(after?.generation).not.toBe(before?.generation)
    void store.open([file('b')], 'instead')
    await settle()
    await connection.loads[1].finish(loaded('b'))
    expect(captureOf(store.state())).toMatchObject({ rules: { hash: '1a2b3c4d' } })
  })

  test('that are wrong leave the capture as it is', async () => {
    const { store, connection } = await storeWith('a')
    const before = store.state()
    connection.judgement = { ok: false, problem: { code: 'wrong_rules', message: 'no list' }, line: 3 }
    expect(await store.applyRules(mine)).toEqual({ ok: false, message: 'no list', line: 3, isGivenUp: false })
    expect(store.state()).toBe(before)
  })

  test('leave no mark when they are those of pinscope', async () => {
    const { store, connection } = await storeWith('a')
    connection.judgement = { ok: true, overview: overviewOf([]), rules: { ...rules, hash: '' }, text: '' }
    await store.applyRules({ how: 'instead', text: '' })
    expect(captureOf(store.state())?.rules).toBeUndefined()
  })

  test('are told of while the capture is judged by them, and not after', async () => {
    const { store, connection } = await storeWith('a')
    connection.judgement = { ok: true, overview: overviewOf([]), rules, text: 'mine' }
    const applied = store.applyRules(mine)
    expect(store.judging()).toEqual({})
    connection.tellJudging({ what: 'lives', done: 3, total: 9 })
    expect(store.judging()).toEqual({ progress: { what: 'lives', done: 3, total: 9 } })
    await applied
    expect(store.judging()).toBeUndefined()
    expect(captureOf(store.state())?.reading).toBe(1)
  })
})

describe('of what is kept, the capture store', () => {
  test('tells that a capture came from an index, and when its files were compared', async () => {
    const connection = new FakeConnection()
    let tell: ((news: IndexNews) => void) | undefined
    connection.news = new Promise((resolve) => (tell = resolve))
    const store = new CaptureStore(connection)
    void store.open([file('a')], 'instead')
    await settle()
    expect(connection.loads[0].index).toBe('reuse')
    await connection.loads[0].finish({ ...loaded('a'), reused: { savedAt: 5, isVerified: false } } as LoadResult)
    const index = { from: 'index', savedAt: 5 }
    expect(captureOf(store.state())?.index).toEqual({ ...index, isCompared: 'not yet' })
    tell?.({ kind: 'verified' })
    await settle()
    expect(captureOf(store.state())?.index).toEqual({ ...index, isCompared: 'yes' })
  })

  test('reads files again that are not those of the index, and says so', async () => {
    const connection = new FakeConnection()
    connection.news = Promise.resolve({ kind: 'differs' })
    const store = new CaptureStore(connection)
    void store.open([file('a')], 'instead')
    await settle()
    await connection.loads[0].finish({ ...loaded('a'), reused: { savedAt: 5, isVerified: false } } as LoadResult)
    connection.news = Promise.resolve({ kind: 'kept', key: 'k', sizeBytes: 7 })
    expect(connection.loads[1]).toMatchObject({ names: [], isAddition: true, index: 'renew' })
    await connection.loads[1].finish(loaded('a'))
    expect(captureOf(store.state())).toMatchObject({ hasDiffered: true, index: { from: 'files' } })
  })

  test('reads again at wish, and takes no index for it', async () => {
    const { store, connection } = await storeWith('a')
    void store.readAgain()
    await settle()
    expect(store.state()).toMatchObject({ status: 'loading', names: ['a'] })
    expect(connection.loads[1]).toMatchObject({ names: [], isAddition: true, index: 'renew' })
    await connection.loads[1].finish(loaded('a'))
    expect(captureOf(store.state())?.hasDiffered).toBe(false)
  })

  test('lets none be used or made when that is switched off', async () => {
    const { store, connection } = await storeWith('a')
    await store.kept.switchOff()
    void store.open([file('b')], 'instead')
    await settle()
    expect(connection.loads[1].index).toBe('off')
    store.kept.switchOn()
    void store.open([file('b')], 'instead')
    await settle()
    expect(connection.loads[2].index).toBe('reuse')
  })

  test('forgets news of a capture that another has replaced', async () => {
    const connection = new FakeConnection()
    let tell: ((news: IndexNews) => void) | undefined
    connection.news = new Promise((resolve) => (tell = resolve))
    const store = new CaptureStore(connection)
    for (const [at, name] of ['a', 'b'].entries()) {
      void store.open([file(name)], 'instead')
      await settle()
      await connection.loads[at].finish(loaded(name))
      connection.news = Promise.resolve({ kind: 'none' })
    }
    tell?.({ kind: 'differs' })
    await settle()
    expect(connection.loads.length).toBe(2)
    expect(captureOf(store.state())?.index).toEqual({ from: 'files', news: { kind: 'none' } })
  })
})
