import { type ReadOptions } from './read-options.ts'
import { type Source } from './source.ts'

const TELL_EVERY_MS = 100
/** A worker must answer between two pieces of text: after so long, others get their turn. */
const YIELD_EVERY_MS = 50

/** Tells progress, notices an abort, and lets others run. */
export class ReadPace {
  readonly #sources: readonly Source[]
  readonly #options: Pick<ReadOptions, 'onProgress' | 'signal'>
  readonly #events: () => number
  readonly #bytesTotal: number
  #bytesRead = 0
  #fileIndex = 0
  #toldAt = 0
  #yieldedAt = performance.now()

  constructor(sources: readonly Source[], options: Pick<ReadOptions, 'onProgress' | 'signal'>, events: () => number) {
    this.#sources = sources
    this.#options = options
    this.#events = events
    this.#bytesTotal = sources.reduce((sum, source) => sum + source.sizeBytes, 0)
  }

  beginFile(index: number): void {
    this.#fileIndex = index
    this.#tell()
  }

  /** Counts bytes on disk that are done with. */
  count(bytes: number): void {
    this.#bytesRead += bytes
    if (performance.now() - this.#toldAt >= TELL_EVERY_MS) this.#tell()
    this.check()
  }

  /** Throws the reason when the reading was aborted. */
  check(): void {
    this.#options.signal?.throwIfAborted()
  }

  /** Resolves at once, or after others had their turn when it is time. */
  async rest(): Promise<void> {
    if (performance.now() - this.#yieldedAt < YIELD_EVERY_MS) return
    await new Promise((resolve) => setTimeout(resolve, 0))
    this.#yieldedAt = performance.now()
    this.check()
  }

  end(): void {
    this.#fileIndex = Math.max(0, this.#sources.length - 1)
    this.#tell()
  }

  #tell(): void {
    this.#toldAt = performance.now()
    this.#options.onProgress?.({
      fileName: this.#sources[this.#fileIndex]?.name ?? '',
      fileIndex: this.#fileIndex,
      fileCount: this.#sources.length,
      bytesRead: this.#bytesRead,
      bytesTotal: this.#bytesTotal,
      events: this.#events(),
    })
  }
}
