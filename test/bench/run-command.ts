import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What became of a command. */
export interface CommandRun {
  readonly ms: number
  readonly output: string
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Runs a command to its end, without a shell. Undefined when it is not installed; throws when it fails. */
export async function runCommand(
  command: string,
  args: readonly string[],
  outputTo?: string,
): Promise<CommandRun | undefined> {
  const file = outputTo === undefined ? undefined : openSync(outputTo, 'w')
  const start = performance.now()
  // The same order of bytes on every machine, and no wide characters for grep to look for.
  const env = { ...process.env, LC_ALL: 'C' }
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', file ?? 'pipe', 'pipe'] })
  const output: Buffer[] = []
  const problems: Buffer[] = []
  child.stdout?.on('data', (part: Buffer) => output.push(part))
  child.stderr?.on('data', (part: Buffer) => problems.push(part))
  const ended = await new Promise<number | NodeJS.ErrnoException>((resolve) => {
    child.once('error', resolve)
    child.once('close', (code) => resolve(code ?? 1))
  })
  const ms = performance.now() - start
  if (file !== undefined) closeSync(file)
  if (ended === 0) return { ms, output: Buffer.concat(output).toString() }
  if (typeof ended !== 'number' && ended.code === 'ENOENT') return undefined
  throw new Error(`${command} ${args.join(' ')}: ${String(ended)} ${Buffer.concat(problems).toString().slice(-2000)}`)
}
