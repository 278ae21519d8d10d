import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { connect, type Connection } from '../../src/bridge/connect.ts'
import { exposeSession } from '../../src/bridge/door.ts'
import { exposeHashing } from '../../src/bridge/hash-door.ts'
import { createHashSeat } from '../../src/bridge/hash-seat.ts'
import { inflateAside } from '../../src/bridge/inflate-aside.ts'
import { createIngestPool } from '../../src/bridge/ingest-pool.ts'
import { type QuestionName } from '../../src/bridge/protocol.ts'
import { problemOfError } from '../../src/bridge/bridge-problem.ts'
import { TraceSession } from '../../src/bridge/session.ts'
import { exposeShards } from '../../src/bridge/shard-door.ts'
import { exposeUnpacking } from '../../src/bridge/unpack-door.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { sourceOfBlob } from '../../src/formats/source.ts'
import { unwrap } from '../../src/formats/unwrap.ts'
import { newWrapping } from '../../src/formats/wrapping.ts'
import { IndexShelf } from '../../src/snapshot/index-shelf.ts'
import { SpillLost } from '../../src/snapshot/spill-file.ts'
import { type ShelfFile, type ShelfFiles, type ShelfWriter } from '../../src/snapshot/shelf-files.ts'
import { captureOf, CaptureStore } from '../../src/state/capture-store.ts'
import { allOf } from '../formats/in-parts.ts'
import { QUESTIONS } from '../support/every-question.ts'
import { FakeLocks } from '../support/fake-locks.ts'
import { MemoryShelf } from '../support/memory-shelf.ts'
import { type Fate, MortalWorker } from '../support/mortal-worker.ts'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

const trace = new File([`${tracedText(LEAK)}\n`], 'trace.txt', { lastModified: 1_700_000_000_000 })
const HOW: readonly Fate['how'][] = ['error', 'silence']
const NAMES = Object.keys(QUESTIONS) as readonly QuestionName[] // by its type
/** One of each room of the engine, for runs in which all is asked. */
const SOME: readonly QuestionName[] = ['overview', 'triage', 'pinners', 'events', 'rawLines', 'compareDigest']
const open: Connection[] = []
let locks = new FakeLocks()

beforeEach(() => {
  locks = new FakeLocks()
  vi.stubGlobal('navigator', { locks, hardwareConcurrency: 2 })
})
afterEach(() => {
  for (const connection of open.splice(0)) connection.dispose()
  vi.unstubAllGlobals()
})

/** A page whose first workers have these fates; those after them live. */
class MortalPage {
  readonly workers: MortalWorker[] = []
  readonly store: CaptureStore

  constructor(
    fates: readonly (Fate | undefined)[],
    session: (row: number) => TraceSession = () => new TraceSession(),
    index: 'on' | 'off' = 'off',
  ) {
    const connection = connect(() => {
      const row = this.workers.length
      const worker = new MortalWorker((endpoint) => exposeSession(endpoint, session(row)), locks, fates[row])
      this.workers.push(worker)
      return worker
    })
    open.push(connection)
    this.store = new CaptureStore(connection)
    if (index === 'off') void this.store.kept.switchOff()
  }

  /** Opens a file; where that fails, the page says why, and it is tried again as a person would. */
  async open(file = trace): Promise<void> {
    await this.store.open([file], 'instead')
    const state = this.store.state()
    if (state.status === 'failed') {
      expect(state.problem).toMatchObject({
        code: 'worker_died',
        message: expect.stringMatching(/Open the files again/),
      })
      this.store.retry()
    }
    await until(() => this.store.state().status === 'ready')
  }

  /** Asks; where what was open is lost, the page says so, and it is opened again as a person would. */
  async ask(name: QuestionName): Promise<unknown> {
    for (let attempt = 0; attempt < 5; attempt++) {
      const result = await this.store.ask(name, QUESTIONS[name])
      if (result.ok) return result.answer
      expect(result.problem.code).toBe('worker_died')
      expect(captureOf(this.store.state())).toBeDefined()
      expect(this.store.recovery.loss()).toMatchObject({ status: 'lost', problem: { code: 'worker_died' } })
      this.store.recovery.reopen()
      // It may be killed while it is opened again, too.
      await until(() => this.store.recovery.loss()?.status !== 'reopening')
    }
    throw new Error(`${name} is never answered`)
  }

  async digest(names: readonly QuestionName[]): Promise<string> {
    const answers: unknown[] = []
    for (const name of names) answers.push(await this.ask(name))
    return createHash('sha256').update(JSON.stringify(answers)).digest('hex')
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; !isSo(); turn++) {
    if (turn > 5000) throw new Error('it hangs')
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

/** Fates at each of the steps `[from, to]`, each of both kinds. */
function fatesAt(from: number, to: number): readonly Fate[] {
  const steps = Array.from({ length: to - from + 1 }, (_, step) => from + step)
  return steps.flatMap((at) => HOW.map((how) => ({ at, how })))
}

describe('the worker of a capture that is killed', () => {
  test('at any message of its load: the page says so, and another try gives what an undisturbed load gives', async () => {
    const undisturbed = new MortalPage([])
    await undisturbed.open()
    const steps = undisturbed.workers[0].count
    const digest = await undisturbed.digest(SOME)
    expect(steps).toBeGreaterThan(4)
    for (const fate of fatesAt(1, steps)) {
      const page = new MortalPage([fate])
      await page.open()
      expect(await page.digest(SOME)).toBe(digest)
      expect(page.workers).toHaveLength(2)
    }
  })

  /** All questions of one page that nothing happens to: how many messages its load takes and each question, and the answers. */
  interface Calm {
    readonly loaded: number
    readonly asked: ReadonlyMap<string, { readonly messages: number; readonly digest: string }>
  }
  let calm: Promise<Calm> | undefined
  async function calmly(): Promise<Calm> {
    const page = new MortalPage([])
    await page.open()
    const [{ count: loaded }] = page.workers
    const asked = new Map<string, { messages: number; digest: string }>()
    for (const name of NAMES) {
      const before = page.workers[0].count
      const digest = await page.digest([name])
      asked.set(name, { messages: page.workers[0].count - before, digest })
    }
    return { loaded, asked }
  }

  test.each(NAMES)(
    'while %s is asked or answered: it is opened again by itself, and answers the same',
    async (name) => {
      const { loaded, asked } = await (calm ??= calmly())
      const { messages = 0, digest } = asked.get(name) ?? {}
      expect(messages).toBeGreaterThan(1)
      // Each kind of death at every other message: a load is tried with both at each.
      const fates = fatesAt(loaded + 1, loaded + messages)
      for (const fate of fates.filter(({ at, how }) => HOW[at % 2] === how)) {
        const page = new MortalPage([fate])
        await page.open()
        expect(await page.digest([name])).toBe(digest)
        expect(page.workers).toHaveLength(2)
        expect(page.store.recovery.loss()).toBeUndefined()
      }
    },
  )

  test('when columns that it spilled are gone: it is opened again by itself, and answers the same', async () => {
    const undisturbed = new MortalPage([])
    await undisturbed.open()
    const digest = await undisturbed.digest(SOME)
    // Small columns are read once: that a read of lost ones is a `SpillLost` is for the room that spills.
    const gone = problemOfError(new SpillLost('columns of this capture cannot be read any more'))
    const page = new MortalPage([], (row) => {
      const session = new TraceSession()
      const ask = session.ask.bind(session)
      session.ask = async (name, question) => (row === 0 ? { ok: false, problem: gone } : ask(name, question))
      return session
    })
    await page.open()
    expect(await page.digest(SOME)).toBe(digest)
    expect(page.workers).toHaveLength(2)
    expect(page.store.recovery.loss()).toBeUndefined()
  })

  test('again and again: from the second time on a person is asked, and the answer is the same in the end', async () => {
    const undisturbed = new MortalPage([])
    await undisturbed.open()
    const loaded = undisturbed.workers[0].count
    const digest = await undisturbed.digest(['triage'])
    for (const how of HOW) {
      const fate: Fate = { at: loaded + 1, how }
      const page = new MortalPage([fate, fate, fate])
      await page.open()
      expect(await page.digest(['triage'])).toBe(digest)
      expect(page.workers).toHaveLength(4)
    }
  })

  test('while it judges by other rules: they are in force in the end', async () => {
    const rules = { how: 'switch', ids: ['driver'], isOff: true } as const
    const undisturbed = new MortalPage([])
    await undisturbed.open()
    const loaded = undisturbed.workers[0].count
    const judged = await undisturbed.store.applyRules(rules)
    const steps = undisturbed.workers[0].count
    const digest = await undisturbed.digest(SOME)
    for (const fate of fatesAt(loaded + 1, steps)) {
      const page = new MortalPage([fate])
      await page.open()
      expect(await page.store.applyRules(rules)).toEqual(judged)
      expect(await page.digest(SOME)).toBe(digest)
    }
  })

  test.each(HOW)('while other files are read, by %s: what was open stays, and is opened again at wish', async (how) => {
    const page = new MortalPage([undefined, { at: 4, how }])
    await page.open()
    const digest = await page.digest(SOME)
    const opening = page.store.open([new File(['nothing'], 'other.txt')], 'instead')
    page.workers[0].die(how)
    await opening
    expect(page.store.state()).toMatchObject({ status: 'failed', capture: { overview: { events: 8 } } })
    expect(page.store.recovery.loss()).toMatchObject({ status: 'lost' })
    expect(await page.digest(SOME)).toBe(digest)
  })

  test('when its file is not what it was: it is never shown as what was open, and is asked for by its name', async () => {
    const changed = new File([`${tracedText(LEAK)}\n`.replaceAll('drv-9', 'drv-8')], 'trace.txt')
    const session = (row: number): TraceSession => {
      const made = new TraceSession()
      const load = made.load.bind(made)
      if (row > 0) made.load = (_, ...rest) => load([changed], ...rest)
      return made
    }
    const page = new MortalPage([], session)
    await page.open()
    const before = captureOf(page.store.state())?.overview
    page.workers[0].die('silence')
    await until(() => page.store.recovery.loss()?.status === 'lost')
    expect(page.store.recovery.loss()).toMatchObject({
      problem: { code: 'files_changed', message: expect.stringMatching(/: .* changed since, .*Open the files anew/) },
    })
    expect(captureOf(page.store.state())?.overview).toBe(before)
    expect(await page.store.ask('overview', {})).toMatchObject({ ok: false })
  })

  test('by its own want of memory for an answer: it stays, says so, and answers when it is asked again', async () => {
    const session = new TraceSession()
    const ask = session.ask.bind(session)
    let isScarce = true
    session.ask = async (name, question) => {
      if (!isScarce) return ask(name, question)
      return { ok: false, problem: problemOfError(new RangeError('Array buffer allocation failed')) }
    }
    const page = new MortalPage([], () => session)
    await page.open()
    expect(await page.store.ask('triage', QUESTIONS.triage)).toMatchObject({ problem: { code: 'out_of_memory' } })
    expect(page.store.recovery.loss()).toMatchObject({ status: 'scarce' })
    isScarce = false
    page.store.askAgain()
    expect(page.store.recovery.loss()).toBeUndefined()
    expect(await page.store.ask('triage', QUESTIONS.triage)).toMatchObject({ ok: true })
    expect(page.workers).toHaveLength(1)
  })
})

/** A tab's view of the shelf, the n-th deed on which is never done: the worker is killed then. */
class MortalShelf implements ShelfFiles {
  deeds = 0
  readonly #disk: MemoryShelf
  readonly #at: number
  readonly #kill: () => void

  constructor(disk: MemoryShelf, at: number, kill: () => void) {
    this.#disk = disk
    this.#at = at
    this.#kill = kill
  }

  list = async (): Promise<readonly ShelfFile[]> => this.#do(() => this.#disk.list())
  read = async (name: string, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> =>
    this.#do(() => this.#disk.read(name, from, to))
  remove = async (name: string): Promise<boolean> => this.#do(() => this.#disk.remove(name))
  alone = async <T>(work: () => Promise<T>): Promise<T | undefined> => this.#do(() => this.#disk.alone(work))
  create = async (name: string): Promise<ShelfWriter | undefined> => {
    const writer = await this.#do(() => this.#disk.create(name))
    if (writer === undefined) return undefined
    return {
      write: (bytes, at) => this.#note(() => writer.write(bytes, at)),
      flush: () => this.#note(() => writer.flush()),
      close: () => this.#note(() => writer.close()),
    }
  }

  async #do<T>(deed: () => Promise<T>): Promise<T> {
    return this.#isOver() ? new Promise(() => undefined) : deed()
  }

  #note(deed: () => void): void {
    if (this.#isOver()) throw new Error('the worker is dead')
    deed()
  }

  #isOver(): boolean {
    if (++this.deeds === this.#at) {
      this.#kill()
      // What a worker had for itself the browser takes from it.
      this.#disk.held.clear()
      this.#disk.isTaken = false
    }
    return this.deeds >= this.#at
  }
}

describe('an index, when the worker that is at it is killed', () => {
  const build = 'b1'

  /** Opens on a disk; the first worker is killed at its n-th deed on the shelf. */
  function pageOn(disk: MemoryShelf, at: number): { page: MortalPage; shelf: () => MortalShelf | undefined } {
    let first: MortalShelf | undefined
    const session = (row: number): TraceSession => {
      const files = new MortalShelf(disk, row === 0 ? at : Number.POSITIVE_INFINITY, () =>
        page.workers[0].die('silence'),
      )
      first ??= files
      const shelf = new IndexShelf(files, { build, budgetBytes: 1e9 })
      return new TraceSession({ openShelf: async () => shelf, build, leastTextBytes: 100, afterMs: 0 })
    }
    const page = new MortalPage([], session, 'on')
    return { page, shelf: () => first }
  }

  /** Until nothing more comes of the index of what is loaded. */
  async function kept(page: MortalPage): Promise<void> {
    await until(() => {
      const index = captureOf(page.store.state())?.index
      const isKnown = index?.from === 'index' ? index.isCompared !== 'not yet' : index?.news !== undefined
      return isKnown && page.store.recovery.loss() === undefined
    })
  }

  test.each(['written', 'read'])('while it is %s: the same is shown, and what is kept is whole', async (what) => {
    const before = new MemoryShelf()
    const first = pageOn(before, Number.POSITIVE_INFINITY)
    await first.page.open()
    await kept(first.page)
    const digest = await first.page.digest(SOME)
    const disk = (): MemoryShelf => {
      const made = new MemoryShelf()
      if (what === 'read') for (const [name, bytes] of before.files) made.files.set(name, bytes.slice())
      return made
    }
    const undisturbed = pageOn(disk(), Number.POSITIVE_INFINITY)
    await undisturbed.page.open()
    await kept(undisturbed.page)
    const deeds = undisturbed.shelf()?.deeds ?? 0
    expect(deeds).toBeGreaterThan(3)
    for (let at = 1; at <= deeds; at++) {
      const mine = disk()
      const { page } = pageOn(mine, at)
      await page.open()
      await kept(page)
      expect(await page.digest(SOME)).toBe(digest)
      expect([...mine.files.keys()].filter((name) => name.endsWith('.index'))).toHaveLength(1)
      const after = pageOn(mine, Number.POSITIVE_INFINITY)
      await after.page.open()
      expect(captureOf(after.page.store.state())?.index.from).toBe('index')
      expect(await after.page.digest(SOME)).toBe(digest)
    }
  })
})

/** Threads of which the first has a fate. */
class MortalThreads {
  readonly made: MortalWorker[] = []
  readonly create: () => MortalWorker

  constructor(expose: ConstructorParameters<typeof MortalWorker>[0], fate?: Fate) {
    this.create = () => {
      const worker = new MortalWorker(expose, locks, this.made.length === 0 ? fate : undefined)
      this.made.push(worker)
      return worker
    }
  }

  /** Messages of the first. */
  get steps(): number {
    return this.made[0].count
  }
}

describe('a thread beside it that is killed at any message', () => {
  const LINES = `${tracedText(LEAK)}\n`.repeat(12)

  test.each([
    ['one that reads parts of a file', new File([LINES], 'long.txt'), 4000],
    ['one that reads parts of a packed file, whose bytes go with it', new File([gzipSync(LINES)], 'long.txt.gz'), 3000],
  ] as const)('%s: the file is read the same', async (_which, file, partBytes) => {
    const read = async (fate?: Fate): Promise<{ all: object; threads: MortalThreads }> => {
      const threads = new MortalThreads(exposeShards, fate)
      const shards = createIngestPool(threads.create, 2, partBytes)
      const outcome = await readTrace([sourceOfBlob(file)], { shards })
      shards.end()
      if (!outcome.ok) throw new Error(outcome.error.message)
      return { all: allOf(outcome.value), threads }
    }
    const undisturbed = await read()
    expect(undisturbed.threads.steps).toBeGreaterThan(6)
    for (const fate of fatesAt(1, undisturbed.threads.steps)) expect((await read(fate)).all).toEqual(undisturbed.all)
  })

  test('one that hashes: the hash is the same', async () => {
    const hash = async (fate?: Fate): Promise<{ sums: readonly string[]; threads: MortalThreads }> => {
      const threads = new MortalThreads(exposeHashing, fate)
      const seat = createHashSeat(threads.create)
      const sums = [await seat.sumOf(new Blob(['one'])), await seat.sumOf(new Blob(['two']))]
      seat.end()
      return { sums, threads }
    }
    const undisturbed = await hash()
    for (const fate of fatesAt(1, undisturbed.threads.steps)) expect((await hash(fate)).sums).toEqual(undisturbed.sums)
  })

  test('one that unpacks: the text is the same, and nobody is told that the file is damaged', async () => {
    const text = randomBytes(1_200_000, 7)
    const packed = gzipSync(text, { level: 1 })
    const unpack = async (fate?: Fate): Promise<MortalThreads> => {
      const threads = new MortalThreads(exposeUnpacking, fate)
      const wrapping = newWrapping()
      const read: Uint8Array[] = []
      for await (const piece of unwrap(() => cut(packed, 400_000), wrapping, inflateAside(threads.create)))
        read.push(piece)
      expect(Buffer.compare(Buffer.concat(read), text)).toBe(0)
      expect(wrapping).toMatchObject({ damage: '', isCutOff: false })
      return threads
    }
    const undisturbed = await unpack()
    expect(undisturbed.steps).toBeGreaterThan(8)
    for (const fate of fatesAt(1, undisturbed.steps)) await unpack(fate)
  })
})

/** Bytes that do not pack, so that their packing is large; the same for the same seed. */
function randomBytes(size: number, seed: number): Uint8Array {
  let state = seed
  const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) >> 16
  return Uint8Array.from({ length: size }, next)
}

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}
