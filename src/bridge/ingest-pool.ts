import { type Endpoint, type Remote, wrap } from 'comlink'
import { type Shard } from '../formats/shard.ts'
import { type ShardJob } from '../formats/shard-job.ts'
import { type ShardPool } from '../formats/sharded-text.ts'
import { type ShardApi } from './shard-door.ts'

/** What is needed of a `Worker`. */
export interface ShardWorker extends Endpoint {
  terminate(): void
}

/** Text of a part: enough to be worth a message, little enough that all cores have work in a file of 100 MB. */
const SHARD_BYTES = 16 << 20
const MOST_WORKERS = 8

interface Seat {
  readonly worker: ShardWorker
  readonly api: Remote<ShardApi>
  isBusy: boolean
}

/**
 * The workers that read parts of large files, one job each at a time; started when they are needed. One that dies takes
 * its job with it, which is read by who asked instead.
 */
export class IngestPool implements ShardPool {
  readonly shardBytes: number
  readonly #createWorker: () => ShardWorker
  readonly #most: number
  readonly #seats: Seat[] = []
  readonly #waiting: (() => void)[] = []

  constructor(
    createWorker: () => ShardWorker = createShardWorker,
    most: number = Math.min(MOST_WORKERS, Math.max(1, navigator.hardwareConcurrency)),
    shardBytes = SHARD_BYTES,
  ) {
    this.#createWorker = createWorker
    this.#most = most
    this.shardBytes = shardBytes
  }

  /** One more than there are workers, so that none waits while a part is taken. */
  get width(): number {
    return this.#most + 1
  }

  async read(job: ShardJob): Promise<Shard | undefined> {
    const seat = await this.#takeSeat()
    const died = new Promise<undefined>((resolve) => {
      seat.worker.addEventListener('error', () => {
        this.#remove(seat)
        resolve(undefined)
      })
    })
    try {
      return await Promise.race([seat.api.read(job), died])
    } catch {
      return undefined // what went wrong there will show here, where the part is read again
    } finally {
      seat.isBusy = false
      this.#waiting.shift()?.()
    }
  }

  /** Ends the workers: a file is read, or given up. */
  end(): void {
    for (const { worker } of this.#seats.splice(0)) worker.terminate()
  }

  async #takeSeat(): Promise<Seat> {
    for (;;) {
      const free = this.#seats.find((seat) => !seat.isBusy) ?? this.#addSeat()
      if (free !== undefined) {
        free.isBusy = true
        return free
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  #addSeat(): Seat | undefined {
    if (this.#seats.length >= this.#most) return undefined
    const worker = this.#createWorker()
    const seat = { worker, api: wrap<ShardApi>(worker), isBusy: false }
    this.#seats.push(seat)
    return seat
  }

  #remove(seat: Seat): void {
    const at = this.#seats.indexOf(seat)
    if (at >= 0) this.#seats.splice(at, 1)
    seat.worker.terminate()
  }
}

function createShardWorker(): ShardWorker {
  return new Worker(new URL('./shard.worker.ts', import.meta.url), { type: 'module' })
}
