import { type SeatPool } from '../../src/formats/shard-pool.ts'

/** Pools whose threads live on from one reading to the next, by the number of threads. */
export interface KeptPools {
  /** The pool of so many threads, which gives out parts of so many bytes. One reading at a time may have it. */
  readonly lend: (shards: number, partBytes: number) => SeatPool
  /** Parts that were read where they were sent, by all pools since the first reading. */
  readonly partsRead: () => number
  readonly end: () => void
}

/** To start a thread, and to let it warm up, takes longer than to read a small capture. */
export function keepPools(create: (shards: number, partBytes: number) => SeatPool): KeptPools {
  const kept = new Map<number, { readonly pool: SeatPool; readonly end: () => void }>()
  let partsRead = 0
  const make = (shards: number, partBytes: number): SeatPool => {
    const pool = create(shards, partBytes)
    const read = pool.read.bind(pool)
    kept.set(shards, { pool, end: pool.end.bind(pool) })
    return Object.assign(pool, {
      end: () => undefined,
      read: async (job: Parameters<typeof read>[0]) => {
        const answer = await read(job)
        if (answer.shard !== undefined) partsRead++
        return answer
      },
    })
  }
  return {
    lend: (shards, shardBytes) => Object.assign(kept.get(shards)?.pool ?? make(shards, shardBytes), { shardBytes }),
    partsRead: () => partsRead,
    end: () => {
      for (const { end } of kept.values()) end()
      kept.clear()
    },
  }
}
