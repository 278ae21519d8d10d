import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream'
import { type BrowserOutcome, type BrowserWork } from './browser-work.ts'

/** Serves the page that digests, tells each browser its work, and takes what became of it. */
export interface PageServer {
  readonly address: string
  /** Gives work to a browser, which has none. Its files are in the folder. */
  readonly give: (browser: string, folder: string, work: BrowserWork) => Promise<BrowserOutcome>
  readonly close: () => Promise<void>
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

/** What one browser does. */
interface Desk {
  folder: string
  work: BrowserWork | undefined
  /** The page that asked for work before there was any. */
  waiting: ServerResponse | undefined
  done: ((outcome: BrowserOutcome) => void) | undefined
}

/** Serves `pages`, on this machine only. */
export async function servePages(pages: string): Promise<PageServer> {
  const desks = new Map<string, Desk>()
  const deskOf = (browser: string): Desk => {
    const desk = desks.get(browser) ?? { folder: '', work: undefined, waiting: undefined, done: undefined }
    desks.set(browser, desk)
    return desk
  }
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost')
    const desk = deskOf(search.slice(1))
    if (pathname === '/next') takeWork(desk, response)
    else if (pathname === '/done') void takeOutcome(desk, request, response)
    else if (pathname.startsWith('/file/')) {
      const name = decodeURIComponent(pathname.slice('/file/'.length))
      pipeline(createReadStream(join(desk.folder, name)), response, () => undefined)
    } else void sendPage(join(pages, pathname === '/' ? 'index.html' : pathname), response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return {
    address: `http://127.0.0.1:${address.port}/`,
    give: (browser, folder, work) => {
      const desk = deskOf(browser)
      Object.assign(desk, { folder, work })
      const outcome = new Promise<BrowserOutcome>((resolve) => (desk.done = resolve))
      if (desk.waiting !== undefined) takeWork(desk, desk.waiting)
      return outcome
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function takeWork(desk: Desk, response: ServerResponse): void {
  if (desk.work !== undefined)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(desk.work))
  desk.waiting = desk.work === undefined ? response : undefined
  desk.work = undefined
}

async function takeOutcome(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let json = ''
  for await (const part of request.setEncoding('utf8')) json += String(part)
  const outcome: BrowserOutcome = JSON.parse(json) // as our own page wrote it
  response.writeHead(204).end()
  desk.done?.(outcome)
}

async function sendPage(path: string, response: ServerResponse): Promise<void> {
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined) response.writeHead(404).end()
  else response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(bytes)
}
