import { HASH_PIECE_BYTES } from '../model/source-file.ts'
import { type ShardAnswer, type ShardJob } from './shard-job.ts'
import { type ShardPool } from './sharded-text.ts'

/** One thread that reads parts. */
export interface ShardSeat {
  /** Reads a part; bytes in the job are moved there. Never rejects: a thread that dies answers nothing. */
  read(job: ShardJob): Promise<ShardAnswer>
  /** True when the thread is gone. */
  readonly hasDied: boolean
  end(): void
}

const MOST_SEATS = 8

/**
 * Threads that read parts of large files, as many as there are cores; started when they are needed. A part
 * is enough to be worth a message, and little enough that all cores have work in a file of 100 MB. One that dies takes
 * its job with it, which is done by who asked instead.
 */
export class SeatPool implements ShardPool {
  readonly shardBytes: number
  readonly #createSeat: () => ShardSeat
  readonly #most: number
  readonly #jobsEach: number
  readonly #free: ShardSeat[] = []
  readonly #all = new Set<ShardSeat>()
  readonly #waiting: (() => void)[] = []

  /** `jobsEach`: jobs that a seat is given at once, so that it fetches the bytes of one while it reads another. */
  constructor(createSeat: () => ShardSeat, cores: number, shardBytes = HASH_PIECE_BYTES, jobsEach = 1) {
    this.#createSeat = createSeat
    this.#jobsEach = jobsEach
    this.#most = Math.min(MOST_SEATS, Math.max(1, cores))
    this.shardBytes = shardBytes
  }

  /** One more than there are threads, so that none waits while a part is taken. */
  get width(): number {
    return this.#most + 1
  }

  get atOnce(): number {
    return this.#most * this.#jobsEach + 1
  }

  /** A thread takes some time to start, and it is no longer than that of finding out what a file is. */
  begin(): void {
    while (this.#all.size < this.#most) this.#startSeat()
  }

  async read(job: ShardJob): Promise<ShardAnswer> {
    const seat = await this.#takeSeat()
    const answer = await seat.read(job)
    if (seat.hasDied) this.#forget(seat)
    else this.#free.push(seat)
    this.#waiting.shift()?.()
    return answer
  }

  /** Ends the threads: the files are read, or given up. */
  end(): void {
    for (const seat of this.#all) seat.end()
    this.#all.clear()
    this.#free.length = 0
  }

  async #takeSeat(): Promise<ShardSeat> {
    for (;;) {
      if (this.#all.size < this.#most) this.#startSeat()
      const seat = this.#free.pop()
      if (seat?.hasDied === true) {
        this.#forget(seat) // it died without a job: a thread that is gone may never answer
        continue
      }
      if (seat !== undefined) return seat
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /** Every seat is free once before any is free twice: the jobs go to all of them. */
  #startSeat(): void {
    const seat = this.#createSeat()
    this.#all.add(seat)
    this.#free.push(seat)
    for (let job = 1; job < this.#jobsEach; job++) this.#free.unshift(seat)
  }

  #forget(seat: ShardSeat): void {
    this.#all.delete(seat)
    const others = this.#free.filter((other) => other !== seat)
    this.#free.splice(0, this.#free.length, ...others)
  }
}
