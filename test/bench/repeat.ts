import { median } from './median.ts'
import { type CommandRun } from './run-command.ts'
import { type Baseline } from './row.ts'

/** A peer, with what it should be held to. */
export interface Peer {
  readonly name: string
  readonly run: () => Promise<Pick<CommandRun, 'ms'> | undefined>
  readonly ratioAtMost?: number
}

/** What runs gave: of pinscope, and of its peers in the same order as they were told. */
export interface Repeated<T> {
  readonly runs: readonly T[]
  /** For the time that pinscope took, ms. */
  readonly baselines: (ms: number) => readonly Baseline[]
}

/** Runs something and its peers in turn, so that a machine that slows down slows all of them. */
export async function repeat<T>(times: number, run: () => Promise<T>, peers: readonly Peer[]): Promise<Repeated<T>> {
  const runs: T[] = []
  const peerMs: (number | undefined)[][] = peers.map(() => [])
  for (let done = 0; done < times; done++) {
    runs.push(await run())
    for (const [at, peer] of peers.entries()) peerMs[at].push((await peer.run())?.ms)
  }
  const baselines = (ms: number): readonly Baseline[] =>
    peers.map(({ name, ratioAtMost }, at) => {
      const known = peerMs[at].filter((one) => one !== undefined)
      if (known.length === 0) return { name, missing: 'not installed' }
      const peer = median(known)
      return { name, ms: peer, ratio: ms / peer, ...(ratioAtMost === undefined ? {} : { ratioAtMost }) }
    })
  return { runs, baselines }
}
