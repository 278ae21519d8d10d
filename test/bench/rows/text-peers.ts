import { type Peer } from '../repeat.ts'
import { type CommandRun, runCommand } from '../run-command.ts'

/** A peer that counts something in a file, and remembers what it counted. */
export interface CountingPeer extends Peer {
  readonly counted: () => number | undefined
}

/** `wc -l` */
export function wcLines(path: string, ratioAtMost?: number): CountingPeer {
  return counting('wc -l', () => runCommand('wc', ['-l', path]), ratioAtMost)
}

/** `grep -c`: lines that a pattern matches, by more options if any. There must be some. */
export function grepCount(path: string, pattern: string, ...options: readonly string[]): CountingPeer {
  return counting('grep -c', () => runCommand('grep', ['-c', ...options, '-e', pattern, path]))
}

function counting(name: string, run: () => Promise<CommandRun | undefined>, ratioAtMost?: number): CountingPeer {
  let counted: number | undefined
  return {
    name,
    ratioAtMost,
    counted: () => counted,
    run: async () => {
      const done = await run()
      if (done !== undefined) counted = Number.parseInt(done.output, 10)
      return done
    },
  }
}
