import { type Shard } from './shard.ts'
import { type ShardJob } from './shard-job.ts'
import { type ShardPool } from './sharded-text.ts'

/** One thread that does one job at a time. */
export interface ShardSeat {
  /** Reads a part; undefined when it cannot be read by itself, or the thread died. Never rejects. */
  read(job: ShardJob): Promise<Shard | undefined>
  /** True when the thread is gone. */
  readonly hasDied: boolean
  end(): void
}

/** Text of a part: enough to be worth a message, little enough that all cores have work in a file of 100 MB. */
const SHARD_BYTES = 16 << 20
const MOST_SEATS = 8

/**
 * Threads that read parts of large files, as many as there are cores; started when they are needed. One that dies takes
 * its job with it, which is done by who asked instead.
 */
export class SeatPool implements ShardPool {
  readonly shardBytes: number
  readonly #createSeat: () => ShardSeat
  readonly #most: number
  readonly #free: ShardSeat[] = []
  readonly #all = new Set<ShardSeat>()
  readonly #waiting: (() => void)[] = []

  constructor(createSeat: () => ShardSeat, cores: number, shardBytes = SHARD_BYTES) {
    this.#createSeat = createSeat
    this.#most = Math.min(MOST_SEATS, Math.max(1, cores))
    this.shardBytes = shardBytes
  }

  /** One more than there are threads, so that none waits while a part is taken. */
  get width(): number {
    return this.#most + 1
  }

  async read(job: ShardJob): Promise<Shard | undefined> {
    const seat = await this.#takeSeat()
    const shard = await seat.read(job)
    if (seat.hasDied) this.#all.delete(seat)
    else this.#free.push(seat)
    this.#waiting.shift()?.()
    return shard
  }

  /** Ends the threads: the files are read, or given up. */
  end(): void {
    for (const seat of this.#all) seat.end()
    this.#all.clear()
    this.#free.length = 0
  }

  async #takeSeat(): Promise<ShardSeat> {
    for (;;) {
      const seat = this.#free.pop() ?? this.#addSeat()
      if (seat !== undefined) return seat
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  #addSeat(): ShardSeat | undefined {
    if (this.#all.size >= this.#most) return undefined
    const seat = this.#createSeat()
    this.#all.add(seat)
    return seat
  }
}
