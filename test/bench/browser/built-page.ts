import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { runCommand } from '../run-command.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const VITE = fileURLToPath(new URL('../../../node_modules/vite/bin/vite.js', import.meta.url))
/** Apart from the usual build, which may be under test meanwhile. */
const OUT = fileURLToPath(new URL('../../../node_modules/.cache/bench/page', import.meta.url))

/** Builds the page as it is shipped and serves it as `npm start` does, with its headers. */
export async function buildAndServe(): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  await runCommand(process.execPath, [VITE, 'build', '--outDir', OUT, '--emptyOutDir', '--logLevel', 'warn'])
  const port = await freePort()
  const address = `http://127.0.0.1:${port}/`
  const args = [VITE, 'preview', '--host', '127.0.0.1', '--port', String(port), '--strictPort', '--outDir', OUT]
  const server = spawn(process.execPath, args, { cwd: ROOT, stdio: 'ignore' })
  await untilServed(address, server)
  return {
    address,
    close: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill()
      await ended
    },
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

async function untilServed(address: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (server.exitCode !== null) throw new Error(`vite preview ended with ${server.exitCode}`)
    const response = await fetch(address).catch(() => undefined)
    if (response?.ok === true) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('vite preview serves nothing')
}
