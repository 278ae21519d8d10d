import { describe, expect, test } from 'vitest'
import { type ShardAnswer } from '../../src/formats/shard-job.ts'
import { type ShardSeat, SeatPool } from '../../src/formats/shard-pool.ts'

const JOB = { format: 'ftrace', settings: undefined, text: undefined } as const
const ANSWER = { text: new Uint8Array(1) }
const NOTHING = {}

/** Seats that read what they are given; the ones named die with their first part. */
function poolOf(
  cores: number,
  dying: readonly number[] = [],
  jobsEach?: number,
): { pool: SeatPool; made: ShardSeat[]; ended: number[] } {
  const made: ShardSeat[] = []
  const ended: number[] = []
  const createSeat = (): ShardSeat => {
    const row = made.length
    const seat = { hasDied: false, end: () => void ended.push(row), read: async (): Promise<ShardAnswer> => ANSWER }
    if (dying.includes(row)) {
      seat.read = async () => {
        seat.hasDied = true
        return NOTHING
      }
    }
    made.push(seat)
    return seat
  }
  return { pool: new SeatPool(createSeat, cores, undefined, jobsEach), made, ended }
}

describe('a pool of threads', () => {
  test('starts as many as there are cores when it is told that parts will come, and no more later', async () => {
    const { pool, made, ended } = poolOf(2)
    pool.begin()
    pool.begin()
    expect(made).toHaveLength(2)
    expect(await Promise.all([JOB, JOB, JOB, JOB].map((job) => pool.read(job)))).toEqual([
      ANSWER,
      ANSWER,
      ANSWER,
      ANSWER,
    ])
    expect(made).toHaveLength(2)
    pool.end()
    expect(ended).toEqual([0, 1])
  })

  test('starts another for one that died with its part', async () => {
    const { pool, made } = poolOf(1, [0])
    pool.begin()
    expect(await pool.read(JOB)).toBe(NOTHING)
    expect(await pool.read(JOB)).toBe(ANSWER)
    expect(made).toHaveLength(2)
  })

  test('gives the jobs to all of them before any has two', async () => {
    const { pool, made } = poolOf(2, [], 2)
    expect(pool.atOnce).toBe(5)
    const given: number[] = []
    for (const row of [0, 1]) {
      pool.begin()
      made[row].read = async () => {
        given.push(row)
        return new Promise<ShardAnswer>((resolve) => setTimeout(resolve, 0, ANSWER))
      }
    }
    await Promise.all(Array.from({ length: 4 }, () => pool.read(JOB)))
    expect(new Set(given.slice(0, 2)).size).toBe(2)
    expect(given.filter((row) => row === 0)).toHaveLength(2)
  })

  test('gives none to one that died with two', async () => {
    const { pool, made } = poolOf(1, [0], 2)
    expect(await Promise.all([pool.read(JOB), pool.read(JOB)])).toEqual([NOTHING, NOTHING])
    expect(await pool.read(JOB)).toBe(ANSWER)
    expect(made).toHaveLength(2)
  })

  test('gives none to one that died before its first', async () => {
    const { pool, made } = poolOf(2)
    pool.begin()
    for (const dead of made) Object.assign(dead, { hasDied: true, read: () => new Promise(() => undefined) })
    expect(await Promise.all([JOB, JOB, JOB].map((job) => pool.read(job)))).toEqual([ANSWER, ANSWER, ANSWER])
    expect(made).toHaveLength(4)
  })
})
