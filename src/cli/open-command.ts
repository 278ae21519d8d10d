import { spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { counted } from '../base/counted.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { withHashes } from '../queries/with-hashes.ts'
import { builtPage } from './built-page.ts'
import { findInputs } from './find-inputs.ts'
import { loadCapture } from './load-capture.ts'
import { type OpenCommand } from './open-arguments.ts'
import { type OpenServer, openServer } from './open-server.ts'
import { permalinkOf } from './permalink.ts'
import { sayOnTerminal } from './say-on-terminal.ts'
import { untilStopped } from './until-stopped.ts'

/** Files that the address of a page may name. */
const MOST_FILES = 32
const USUAL_PORT = 4173
/** Ports that are tried where none was asked for. */
const TRIED = 20

/** `pinscope open`: serves until it is stopped; what it says goes to standard output at once. */
export async function runOpen(command: OpenCommand): Promise<Result<string, string>> {
  const found = await servedPaths(command.paths)
  if (!found.ok) return found
  const link = await linkOf(found.value)
  if (!link.ok) return link
  const page = await builtPage(sayOnTerminal)
  if (!page.ok) return page
  const server = await serve(page.value, found.value, command.port)
  if (!server.ok) return server
  const { origin, files } = server.value
  const address = `${origin}/${sourcesOf(files)}${link.value}`
  process.stdout.write(
    [
      `pinscope with ${counted(files.length, 'file')} is at`,
      address,
      'Permalink, for whoever has the files; what is from # on works behind the address of any pinscope:',
      `${origin}/${link.value}`,
      'Ctrl+C stops it.',
      '',
    ].join('\n'),
  )
  if (command.withBrowser) openBrowser(address)
  await untilStopped()
  await server.value.close()
  return ok('')
}

/** `?src=…&src=…`: addresses are escaped already, and their escapes must be there still when the page has read them. */
export function sourcesOf(files: readonly string[]): string {
  return `?${files.map((file) => `src=${file.replaceAll('%', '%25')}`).join('&')}`
}

/** What is served: files, no pipes. */
async function servedPaths(paths: readonly string[]): Promise<Result<readonly string[], string>> {
  const inputs = await findInputs(paths)
  if (!inputs.ok) return inputs
  const found = await Promise.all(inputs.value.map((path) => stat(path)))
  const pipe = found.findIndex((one) => !one.isFile())
  if (pipe >= 0) return fail(`${inputs.value[pipe]}: only files can be opened; save it as a file first`)
  if (found.length <= MOST_FILES) return inputs
  return fail(`open takes ${MOST_FILES} files at most, and these are ${found.length}: put them in one .zip or .tar`)
}

/** The files are read once, to name them by their hashes as the page does. */
async function linkOf(paths: readonly string[]): Promise<Result<string, string>> {
  // The page knows a file by the last part of its address.
  const loaded = await loadCapture(paths, { withHashes: true, nameOf: (path) => basename(path) })
  if (!loaded.ok) return loaded
  const { trace, hashes } = loaded.value
  return ok(permalinkOf(withHashes(trace.files, await hashes)))
}

async function serve(
  page: string,
  paths: readonly string[],
  port: number | undefined,
): Promise<Result<OpenServer, string>> {
  const tried = port === undefined ? Array.from({ length: TRIED }, (_, at) => USUAL_PORT + at) : [port]
  for (const candidate of tried) {
    try {
      return ok(await openServer({ page, paths, port: candidate }))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code !== 'EADDRINUSE')
        return fail(`port ${candidate}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return fail(port === undefined ? `no port from ${USUAL_PORT} on is free: give --port 0` : `port ${port} is taken`)
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

function openBrowser(address: string): void {
  const [opener, ...words] = OPENERS[process.platform] ?? ['xdg-open']
  const child = spawn(opener, [...words, address], { stdio: 'ignore', detached: true })
  child.once('error', () => sayOnTerminal(`${opener} did not start: open the address yourself`))
  child.unref()
}
