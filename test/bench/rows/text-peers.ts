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

/** `grep -c`: lines with a fixed text. */
export function grepCount(path: string, text: string): CountingPeer {
  return counting('grep -c', () => runCommand('grep', ['-c', '-F', '-e', text, path]))
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
