import { type SeatPool } from '../../src/formats/shard-pool.ts'

/** Counts the parts that were read where they were sent. */
export function countReads(pool: SeatPool, counted: { parts: number }): SeatPool {
  const read = pool.read.bind(pool)
  pool.read = async (job) => {
    const answer = await read(job)
    if (answer.shard !== undefined) counted.parts++
    return answer
  }
  return pool
}
