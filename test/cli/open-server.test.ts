import { request } from 'node:http'
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { byteRange } from '../../src/cli/byte-range.ts'
import { parseOpen } from '../../src/cli/open-arguments.ts'
import { sourcesOf } from '../../src/cli/open-command.ts'
import { type OpenServer, openServer } from '../../src/cli/open-server.ts'
import { sourceAddress, sourcesAsked } from '../../src/state/source-address.ts'

const POLICY = "default-src 'none'; script-src 'self'"
const TRACE = '0123456789'

let folder = ''
let server: OpenServer | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinscope-open-'))
  await mkdir(join(folder, 'page', 'assets'), { recursive: true })
  await writeFile(
    join(folder, 'page', 'index.html'),
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}" />page`,
  )
  await writeFile(join(folder, 'page', 'assets', 'app.js'), 'script')
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(folder, 'my trace #1?.txt'), TRACE)
  server = await openServer({ page: join(folder, 'page'), paths: [join(folder, 'my trace #1?.txt')], port: 0 })
})

afterAll(async () => {
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, unknown>>
}

/** Asks as it is written: nothing of the path is made better on the way. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port } = new URL(server?.origin ?? '')
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = ''
      response.on('data', (part: Buffer) => (body += part.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

const trace = (): string => server?.files[0] ?? ''

test('the page and its parts are served under its own policy', async () => {
  expect(await ask('/')).toMatchObject({
    status: 200,
    body: expect.stringContaining('page') as unknown,
    headers: {
      'content-security-policy': `${POLICY}; frame-ancestors 'none'`,
      'permissions-policy': expect.stringContaining('camera=()') as unknown,
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
  })
  expect(await ask('/?src=x')).toMatchObject({ status: 200 })
  expect(await ask('/assets/app.js')).toMatchObject({ status: 200, body: 'script' })
})

test('a file is served behind a key that nobody guesses, by its own name', async () => {
  expect(trace()).toMatch(/^\/files\/[0-9a-f]{32}\/0\/my%20trace%20%231%3F\.txt$/)
  expect(await ask(trace())).toMatchObject({ status: 200, body: TRACE, headers: { 'content-length': '10' } })
  expect(await ask(trace().replace(/[0-9a-f]{32}/, '0'.repeat(32)))).toMatchObject({ status: 404 })
  const other = await openServer({ page: join(folder, 'page'), paths: [join(folder, 'secret.txt')], port: 0 })
  await other.close()
  expect(other.files[0].split('/')[2]).not.toBe(trace().split('/')[2])
})

test.each(['trace-6.12.0-rc3+.txt', '100%.txt', 'a&b#c?.txt', 'a b ü.txt'])(
  'a page that is told of %s asks for it by the address that it has',
  (name) => {
    const served = `/files/0123/0/${encodeURIComponent(name)}`
    const [written] = sourcesAsked(sourcesOf([served]))
    const found = sourceAddress(written, 'http://127.0.0.1:4173/')
    expect(found).toEqual({ ok: true, name, href: `http://127.0.0.1:4173${served}` })
  },
)

test('parts of a file are served as they are asked for', async () => {
  expect(await ask(trace(), { range: 'bytes=2-4' })).toMatchObject({
    status: 206,
    body: '234',
    headers: { 'content-range': 'bytes 2-4/10' },
  })
  expect(await ask(trace(), { range: 'bytes=10-' })).toMatchObject({ status: 416 })
  expect(await ask(trace(), {}, 'HEAD')).toMatchObject({ status: 200, body: '', headers: { 'content-length': '10' } })
})

describe('nothing else is served', () => {
  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '//secret.txt',
    '/..\\secret.txt',
    '/secret.txt',
    '/files/',
    '/assets/',
    '/assets/app.js/',
    '/%00',
    'http://127.0.0.1/secret.txt',
    '/__proto__',
  ])('at %s', async (path) => {
    const { status, body } = await ask(path)
    expect(status).toBe(404)
    expect(body).not.toContain('secret')
  })

  test('below the key of a file', async () => {
    const above = trace().split('/').slice(0, 3).join('/')
    for (const path of [above, `${above}/`, `${above}/0`, `${above}/0/..%2f..%2fsecret.txt`, `${above}/1/secret.txt`])
      expect(await ask(path)).toMatchObject({ status: 404 })
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('by %s', async (method) => {
    expect(await ask('/', {}, method)).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
  })

  test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '127.0.0.1:1', 'localhost', '[::1]'])(
    'under the name %s, which another site may have given this address',
    async (host) => {
      expect(await ask(trace(), { host })).toMatchObject({ status: 403 })
      expect(await ask('/', { host })).toMatchObject({ status: 403 })
    },
  )

  test.each(['cross-site', 'same-site'])('to a page that is %s', async (site) => {
    expect(await ask(trace(), { 'sec-fetch-site': site })).toMatchObject({ status: 403 })
  })
})

test('who follows a permalink on another site comes to the page, and no other site has it in a frame', async () => {
  const from = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  expect(await ask('/', from)).toMatchObject({ status: 200 })
  expect(await ask(trace(), from)).toMatchObject({ status: 403 })
  expect(await ask('/', { ...from, 'sec-fetch-dest': 'iframe' })).toMatchObject({ status: 403 })
  expect(await ask('/', { ...from, 'sec-fetch-mode': 'no-cors' })).toMatchObject({ status: 403 })
})

test('localhost is this machine too', async () => {
  const { port } = new URL(server?.origin ?? '')
  expect(await ask(trace(), { host: `localhost:${port}` })).toMatchObject({ status: 200 })
})

test.each([
  [undefined, undefined],
  ['bytes=0-0', { from: 0, to: 1 }],
  ['bytes=5-', { from: 5, to: 10 }],
  ['bytes=-3', { from: 7, to: 10 }],
  ['bytes=-99', { from: 0, to: 10 }],
  ['bytes=0-99', { from: 0, to: 10 }],
  ['bytes=4-2', undefined],
  ['bytes=-', undefined],
  ['bytes=0-1,3-4', undefined],
  ['lines=0-1', undefined],
  ['bytes=-0', 'beyond'],
  ['bytes=10-12', 'beyond'],
])('the range %s of ten bytes', (header, range) => {
  expect(byteRange(header, 10)).toEqual(range)
})

test.each([
  [[], 'open needs a file or a folder'],
  [['--port', 'x', 'a'], '--port needs a port'],
  [['--port', '65536', 'a'], '--port needs a port'],
])('%j is refused', (words, error) => {
  expect(parseOpen(words)).toEqual({ ok: false, error: expect.stringContaining(error) as unknown })
})
