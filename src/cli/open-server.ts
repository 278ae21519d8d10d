import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { byteRange } from './byte-range.ts'
import { PAGE_POLICY, pageHeaders } from './page-headers.ts'

/** A page and some files, served to this machine alone. */
export interface OpenServer {
  /** `http://127.0.0.1:4173`. */
  readonly origin: string
  /** Addresses of the files, in their order, from the `/` on. */
  readonly files: readonly string[]
  close(): Promise<void>
}

/** What is served. */
interface Served {
  /** Folder of the built page. */
  readonly page: string
  /** Paths of regular files. */
  readonly paths: readonly string[]
  /** 0 for any. */
  readonly port: number
}

const HOST = '127.0.0.1'

/**
 * Serves the built page and these files on 127.0.0.1. What can be asked for is a list made now: no path of a request ever
 * reaches the disk. Files lie behind a key of 128 random bits. Requests under another name of this host (DNS rebinding) and
 * from other sites are refused, but for a person who comes to the page itself. Rejects when the port is taken.
 */
export async function openServer({ page, paths, port }: Served): Promise<OpenServer> {
  const key = randomBytes(16).toString('hex')
  const files = paths.map((path, at) => `/files/${key}/${at}/${encodeURIComponent(basename(path))}`)
  const known = new Map<string, Known>([
    ...(await pageFiles(page)),
    ...files.map((address, at) => [address, { path: paths[at], type: 'application/octet-stream' }] as const),
  ])
  const headers = await headersOf(page)
  const server = createServer((request, response) => {
    answer(request, response, { known, headers, port: portOf(server) }).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, HOST, () => resolve())
  })
  return { origin: `http://${HOST}:${portOf(server)}`, files, close: () => closed(server) }
}

interface Known {
  readonly path: string
  readonly type: string
}

interface Serving {
  readonly known: ReadonlyMap<string, Known>
  readonly headers: Readonly<Record<string, string>>
  readonly port: number
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { known, headers, port }: Serving,
): Promise<void> {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD')
    return refuse(response, 405, 'only GET and HEAD')
  }
  const host = request.headers.host?.toLowerCase()
  if (host !== `${HOST}:${port}` && host !== `localhost:${port}`) return refuse(response, 403, 'not under this name')
  // Browsers tell; a person who types the address comes from nowhere.
  const site = request.headers['sec-fetch-site']
  const [address] = (request.url ?? '').split('?')
  const isOwn = site === undefined || site === 'same-origin' || site === 'none'
  if (!isOwn && !(address === '/' && isArrival(request))) return refuse(response, 403, 'not from another site')
  const file = known.get(address)
  return file === undefined ? refuse(response, 404, 'no such file') : send(request, response, file)
}

/** A person who follows a permalink in a mail or a bug tracker: the page comes into a tab of its own, and tells that site nothing. */
function isArrival({ headers }: IncomingMessage): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}

async function send(request: IncomingMessage, response: ServerResponse, { path, type }: Known): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true) return refuse(response, 404, 'the file is gone')
  const range = byteRange(request.headers.range, found.size)
  if (range === 'beyond') {
    response.setHeader('content-range', `bytes */${found.size}`)
    return refuse(response, 416, 'no such bytes')
  }
  const { from, to } = range ?? { from: 0, to: found.size }
  response.statusCode = range === undefined ? 200 : 206
  response.setHeader('content-type', type)
  response.setHeader('content-length', to - from)
  response.setHeader('accept-ranges', 'bytes')
  if (range !== undefined) response.setHeader('content-range', `bytes ${from}-${to - 1}/${found.size}`)
  if (request.method === 'HEAD' || to === from) return void response.end()
  await pipeline(createReadStream(path, { start: from, end: to - 1 }), response)
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.statusCode = status
  response.setHeader('content-type', 'text/plain; charset=utf-8')
  response.end(`${why}\n`)
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
}

/** Every file of the built page by its address. */
async function pageFiles(page: string): Promise<readonly (readonly [string, Known])[]> {
  const entries = await readdir(page, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const known = files.map((path) => {
    const address = `/${path.slice(page.length).replaceAll('\\', '/').replace(/^\/+/, '')}`
    const ending = path.split('.').at(-1) ?? ''
    return [address, { path, type: Object.hasOwn(TYPES, ending) ? TYPES[ending] : 'application/octet-stream' }] as const
  })
  const start = known.find(([address]) => address === '/index.html')
  return start === undefined ? known : [...known, ['/', start[1]] as const]
}

/** The page states its own policy; workers take theirs from the response. Nobody embeds it: the files of a person are open in it. */
async function headersOf(page: string): Promise<Readonly<Record<string, string>>> {
  const html = await readFile(join(page, 'index.html'), 'utf8')
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/i.exec(html)?.[1] ?? PAGE_POLICY
  return {
    ...pageHeaders([]),
    'content-security-policy': `${policy}; frame-ancestors 'none'`,
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
