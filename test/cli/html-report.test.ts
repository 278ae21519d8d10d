import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { composePage, embeddedEnds, titleElement } from '../../src/base/one-file.ts'
import { type HtmlAsked, htmlReport } from '../../src/cli/html-report.ts'
import { loadCapture, type LoadedCapture } from '../../src/cli/load-capture.ts'
import { parseReport } from '../../src/cli/report-arguments.ts'
import { REDACT_NOTHING } from '../../src/report/slice/redact-choice.ts'
import { readEmbedded, unpackEmbedded } from '../../src/state/embedded.ts'

const CAPTURE = 'test/fixtures/captures/socket-holds-file'
const APP = composePage([titleElement('pinscope'), embeddedEnds.join('{}')], ['<script type="module">1</script>'])
const appOf = async () => ({ ok: true, value: APP }) as const

let folder = ''
let loaded: LoadedCapture

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pinscope-report-'))
  const capture = await loadCapture([CAPTURE], { withHashes: true })
  if (!capture.ok) throw new Error(capture.error)
  loaded = capture.value
})
afterAll(() => rmSync(folder, { recursive: true }))

async function written(asked: Partial<HtmlAsked>): Promise<string> {
  const made = await htmlReport({ paths: [CAPTURE], ...asked }, loaded, appOf)
  if (!made.ok) throw new Error(made.error)
  return made.value
}

function embeddedOf(html: string) {
  const [start, end] = embeddedEnds
  const from = html.indexOf(start) + start.length
  const read = readEmbedded(html.slice(from, html.indexOf(end, from)))
  if (!read.ok) throw new Error(read.error)
  return read.value
}

describe('a report file of the command line', () => {
  test('holds every file of the capture as it is, the trace named first, with hashes', async () => {
    const { files, made, link } = embeddedOf(await written({}))
    const names = readdirSync(CAPTURE).toSorted()
    expect(files.map(({ name }) => name)).toEqual(names)
    for (const file of await unpackEmbedded(files)) {
      expect(Buffer.compare(Buffer.from(await file.arrayBuffer()), readFileSync(join(CAPTURE, file.name)))).toBe(0)
    }
    expect(link).toBe('/triage?v=1')
    expect(made?.from.map(({ name }) => name).toSorted()).toEqual(names)
    expect(made?.from[0].name).toMatch(/^trace/)
    for (const { name, sizeBytes, sha256 } of made?.from ?? []) {
      const bytes = readFileSync(join(CAPTURE, name))
      expect([sizeBytes, sha256]).toEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')])
    }
  })

  test('is the same bytes each time, and says a day only when it is given one', async () => {
    const first = await written({})
    expect(await written({})).toBe(first)
    expect(embeddedOf(first).made?.on).toBeUndefined()
    expect(embeddedOf(await written({ date: '2026-11-22' })).made?.on).toBe('2026-11-22')
  })

  test('of one finding has other names in its slice, its name and its files where they are asked for', async () => {
    const redact = { ...REDACT_NOTHING, comms: true, pids: true, files: true, host: true }
    const { files, made } = embeddedOf(await written({ failure: 1, redact }))
    const [file] = await unpackEmbedded(files)
    const text = (await file.text()) + JSON.stringify(made)
    for (const name of readdirSync(CAPTURE)) expect(text).not.toContain(name)
    expect(JSON.parse(await file.text())).toMatchObject({ redacted: ['comms', 'pids', 'files', 'host'] })
    expect(text).toMatch(/comm-1-1\d{4}/)
  })

  test('is given other names for a slice alone', () => {
    const asked = ['--format', 'html', '--redact', 'comms,host,people', '--redact-symbol', 'x_get', 'a']
    expect(parseReport(['--slice', '1', ...asked])).toMatchObject({
      ok: true,
      value: { redact: { comms: true, host: true, people: true, pids: false, symbols: ['x_get'] } },
    })
    expect(parseReport(asked)).toMatchObject({ ok: false, error: expect.stringContaining('files as they are') })
    expect(parseReport(['--redact', 'comms', 'a'])).toMatchObject({ ok: false, error: expect.stringContaining('html') })
  })

  test('of one finding holds its slice and no file', async () => {
    const range = embeddedOf(await written({ failure: 1 }))
    const [file] = await unpackEmbedded(range.files)
    expect(JSON.parse(await file.text())).toMatchObject({ pinscope: 'slice', about: { kind: 'range' } })
    expect(range.files).toHaveLength(1)
    expect(range.link).toContain('/triage?v=1&failure=')
    const pfn = loaded.derived.findings[0].pages[0]?.pfn
    expect(embeddedOf(await written({ pfn })).link).toBe(`/pfn?v=1&pfn=0x${pfn?.toString(16)}`)
    await expect(written({ failure: 99 })).rejects.toThrow('failed range 99: these files have')
    await expect(written({ pfn: 0x7ffffff })).rejects.toThrow('no file tells anything of 0x7ffffff')
  })

  test('takes verdicts and notes along, of a session file and of nothing else', async () => {
    const path = join(folder, 'session.json')
    const session = { pinscope: 'session', version: 1, entries: [] }
    writeFileSync(path, JSON.stringify(session))
    expect(embeddedOf(await written({ session: path })).session).toMatchObject({ pinscope: 'session', version: 1 })
    writeFileSync(path, JSON.stringify({ pinscope: 'something' }))
    await expect(written({ session: path })).rejects.toThrow(path)
    await expect(written({ session: join(folder, 'none.json') })).rejects.toThrow('none.json')
  })

  test('is written to a file of which the size is told', async () => {
    const output = join(folder, 'report.html')
    expect(await written({ output })).toBe(`${output}: ${Buffer.byteLength(await written({}))} bytes\n`)
    expect(readFileSync(output, 'utf8')).toBe(await written({}))
    await expect(written({ output: join(folder, 'no/such/report.html') })).rejects.toThrow('no/such/report.html')
  })

  test('says what to do where there is no app to make it of', async () => {
    const asked = { paths: [CAPTURE] }
    const other = await htmlReport(asked, loaded, async () => ({ ok: true, value: '<!doctype html>' }))
    expect(other).toEqual({ ok: false, error: expect.stringContaining('npm run build') as string })
  })
})

test('options of a report file are read, and refused where there is none', () => {
  expect(
    parseReport(['--format', 'html', '-o', 'r.html', '--slice', '0x5015', '--date', '2026-11-22', 'a']),
  ).toMatchObject({
    ok: true,
    value: { form: 'html', output: 'r.html', pfn: 0x5015, date: '2026-11-22', paths: ['a'] },
  })
  expect(parseReport(['--format', 'html', '--slice', '2', 'a'])).toMatchObject({ ok: true, value: { failure: 2 } })
  expect(parseReport(['--format', 'html', '--slice', 'x', 'a'])).toMatchObject({ ok: false })
  expect(parseReport(['-o', 'r.html', 'a'])).toMatchObject({ ok: false })
  expect(parseReport(['--format', 'html', '--date', '</script>', 'a'])).toMatchObject({ ok: false })
})
