import { hashInPieces } from '../formats/content-hash.ts'
import { hashPutOff } from '../formats/put-off-hash.ts'
import { type Source } from '../formats/source.ts'
import { type FileHash } from '../model/file-hash.ts'
import { type SourceFile } from '../model/source-file.ts'
import { type HashSeat } from './hash-seat.ts'
import { type HashProgress } from './protocol.ts'

/** Files whose hash was put off, and how they are hashed. */
export interface HashTask {
  readonly sources: readonly Source[]
  readonly files: readonly SourceFile[]
  readonly createSeat: () => HashSeat
  /** Resolves when nothing else is wanted for the moment: asked before each piece. */
  readonly rest: () => Promise<void>
}

interface PutOffFile {
  readonly source: Source
  readonly file: SourceFile
  readonly hash: Extract<FileHash, { kind: 'put_off' }>
}

/** Progress is told ten times a second at most. ms. */
const TELL_MS = 100

/** Hashes files piece by piece, behind the answers to questions. What was hashed when it is stopped need not be again. */
export class HashRun {
  /** What became of the hashes so far, by index of the file. */
  readonly hashes = new Map<number, FileHash>()
  /** Resolves when all are known, as far as they can be, or it was stopped. Never rejects. */
  ended: Promise<void> = Promise.resolve()
  readonly #task: HashTask
  readonly #files: readonly PutOffFile[]
  readonly #sums = new Map<string, string>()
  #stopped = new AbortController()
  #hurry: () => void = () => undefined
  #tell: ((progress: HashProgress) => void) | undefined
  #last: HashProgress | undefined
  #toldAt = Number.NEGATIVE_INFINITY

  /** Begins `after` that resolves. */
  constructor(task: HashTask, after: Promise<unknown>) {
    this.#task = task
    this.#files = task.files.flatMap((file) => {
      const { hash } = file
      return hash.kind === 'put_off' ? [{ file, hash, source: task.sources[file.index] }] : []
    })
    if (this.#files.length > 0) this.#begin(after)
  }

  /** Resolves when it has ended and was not begun again since. Never rejects. */
  async allEnded(): Promise<void> {
    let awaited: Promise<void> | undefined
    while (awaited !== this.ended) {
      awaited = this.ended
      await awaited
    }
  }

  /** False while a hash is not known that may still be. */
  get isSettled(): boolean {
    return this.#files.every(({ file }) => this.hashes.has(file.index))
  }

  /** Tells how far it is from now on, ten times a second at most. */
  listen(tell: (progress: HashProgress) => void): void {
    this.#tell = tell
    if (this.#last !== undefined) tell(this.#last)
  }

  /** Begins at once: somebody waits for it. Goes on where it was stopped. */
  hurry(): void {
    if (this.#stopped.signal.aborted && !this.isSettled) this.#begin(Promise.resolve())
    else this.#hurry()
  }

  stop(): void {
    this.#stopped.abort()
  }

  #begin(after: Promise<unknown>): void {
    this.#stopped = new AbortController()
    const { signal } = this.#stopped
    const hurried = new Promise<void>((resolve) => (this.#hurry = resolve))
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    this.ended = Promise.race([after, hurried, stopped])
      .then(() => this.#hashAll(signal))
      .catch(() => undefined) // it was stopped
  }

  async #hashAll(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const seat = this.#task.createSeat()
    try {
      for (const { file, hash, source } of this.#files) {
        if (this.hashes.has(file.index)) continue
        const sumOf = (from: number, to: number): Promise<string> => this.#sumOf(seat, file, source, from, to, signal)
        const sum = (): Promise<string> => hashInPieces(source.sizeBytes, sumOf)
        this.hashes.set(file.index, await hashPutOff(source, hash, sum, signal))
      }
    } finally {
      seat.end()
    }
  }

  async #sumOf(
    seat: HashSeat,
    { index, name }: SourceFile,
    source: Source,
    from: number,
    to: number,
    signal: AbortSignal,
  ): Promise<string> {
    const key = `${index}:${from}`
    const known = this.#sums.get(key)
    if (known !== undefined) return known
    await this.#task.rest()
    signal.throwIfAborted()
    const part = source.part?.(from, to)
    if (!(part instanceof Blob)) throw new TypeError('a piece of a file is a blob')
    const sum = await seat.sumOf(part)
    signal.throwIfAborted()
    this.#sums.set(key, sum)
    this.#note({ file: index, fileName: name, bytesDone: to, bytesTotal: source.sizeBytes })
    return sum
  }

  #note(progress: HashProgress): void {
    this.#last = progress
    const now = performance.now()
    if (now - this.#toldAt < TELL_MS) return
    this.#toldAt = now
    this.#tell?.(progress)
  }
}
