import { spawn } from 'node:child_process'
import { mkdtemp, open, rm, stat, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a pipe gives, in a file that grows. */
export interface PipeSpool {
  readonly path: string
  /** True when the pipe has ended. */
  readonly hasEnded: () => boolean
  /** Takes the file away, and stops reading. */
  close(): Promise<void>
}

/** include/uapi/linux/magic.h: trace_pipe says of itself that it is a file of no bytes. */
const TRACEFS_MAGIC = 0x74726163
const DEBUGFS_MAGIC = 0x64626720

/** True where reading takes the bytes away, and waits for more: pipes, terminals, files of tracefs. */
export async function isConsumed(path: string): Promise<boolean> {
  const found = await stat(path)
  if (!found.isFile()) return true
  const { type } = await statfs(path)
  return found.size === 0 && (type === TRACEFS_MAGIC || type === DEBUGFS_MAGIC)
}

/**
 * Writes what comes out of a pipe to a temporary file, from now on until it ends. By a process of its own, since a read that
 * waits for ever cannot be taken back within one.
 */
export async function spoolPipe(path: string): Promise<PipeSpool> {
  const folder = await mkdtemp(join(tmpdir(), 'pinscope-watch-'))
  const spooled = join(folder, 'pipe')
  const file = await open(spooled, 'wx', 0o600)
  const reader = spawn('cat', ['--', path], { stdio: ['ignore', file.fd, 'ignore'] })
  let hasEnded = false
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      hasEnded = true
      resolve()
    }
    reader.once('error', end)
    reader.once('exit', end)
  })
  await file.close()
  return {
    path: spooled,
    hasEnded: () => hasEnded,
    close: async () => {
      reader.kill()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
