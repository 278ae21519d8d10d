import { gunzipSync } from 'node:zlib'
import { readdirSync, readFileSync } from 'node:fs'
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { shortFileName } from '../../../src/base/short-file-name.ts'
import { type SliceFile } from '../../../src/model/slice-file.ts'
import { isWordOfFormats, redactSlice } from '../../../src/report/slice/redact-slice.ts'
import { REDACT_NOTHING } from '../../../src/report/slice/redact-choice.ts'
import { taskWords } from '../../../src/report/slice/task-words.ts'
import { openedSlice, readCapture, sliceOf } from '../../support/slice-of.ts'

const FOLDER = new URL('../../fixtures/captures/', import.meta.url)
const ALL = { comms: true, pids: true, addresses: true, files: true }

function filesOf(capture: string): readonly File[] {
  const folder = new URL(`${capture}/`, FOLDER)
  return readdirSync(folder)
    .filter((name) => name !== 'truth.json')
    .map((name) => new File([readFileSync(new URL(name, folder))], name))
}

function isWordIn(text: string, word: string): boolean {
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`)
  return new RegExp(`(?<![\\w.])${escaped}(?!\\w)`).test(text)
}

describe.each([
  'buffer-heads',
  'latency-format',
  'leaky-driver-61',
  'leaky-tracecmd',
  'longterm-driver',
  'offline-unmovable',
  'pinner-vmsplice',
])('redaction of %s', (name) => {
  test('leaves no redacted word anywhere, and the timeline as it was', async () => {
    const whole = await readCapture(filesOf(name))
    const pfn = whole.derived.findings[0].pages[0].pfn
    const about = { kind: 'page', pfn: `0x${pfn.toString(16)}` } as const
    const plain = await sliceOf(whole, about)
    const { trace } = await openedSlice(plain.json)
    const symbol = plain.redactable.symbols.find((one) => one.startsWith('trace_event_raw'))
    const redacted = await sliceOf(whole, about, { ...ALL, symbols: symbol === undefined ? [] : [symbol] })
    const text = redacted.json.replaceAll(String.raw`\n`, '\n')

    const comms = Array.from({ length: trace.tasks.length }, (_, task) => trace.strings.text(trace.tasks.comm[task]))
    for (const comm of comms.filter((one) => one !== '<idle>' && one !== '' && !isWordOfFormats(one)))
      expect([comm, isWordIn(text, comm)]).toEqual([comm, false])
    const pids = Array.from({ length: trace.tasks.length }, (_, task) => String(trace.tasks.pid[task]))
    const known = new Set(pids.filter((pid) => Number(pid) > 0))
    const left = text
      .split('\n')
      .flatMap((line) =>
        taskWords(line).flatMap(({ kind, start, end }) => (kind === 'pid' ? [line.slice(start, end)] : [])),
      )
    expect(left.filter((pid) => known.has(pid))).toEqual([])
    for (const { name: file } of whole.trace.files) expect(text).not.toContain(file)
    expect(symbol !== undefined && isWordIn(text, symbol)).toBe(false)
    const addresses = new Set(JSON.stringify(plain.slice).match(/\bffff[0-9a-f]{12}\b/g) ?? [])
    for (const address of addresses) expect(text).not.toContain(address)

    expect(redacted.problem).toBe('')
    expect(redacted.counts.events).toBe(plain.counts.events)
    expect(redacted.slice.files.map(({ spans }) => spans)).toEqual(plain.slice.files.map(({ spans }) => spans))
    expect(redacted.classesLost).toEqual([])
  })
})

test('a name that a class is known by is told to be lost', async () => {
  const whole = await readCapture(filesOf('leaky-driver-61'))
  const pfn = whole.derived.findings[0].pages[0].pfn
  const made = await sliceOf(whole, { kind: 'page', pfn: `0x${pfn.toString(16)}` }, { symbols: ['folio_add_lru_vma'] })
  expect(made.classesLost).toEqual(['lru → mapping (1 hold)'])
  expect(made.slice.redacted).toEqual(['symbols'])
})

/** A slice of one text. */
function sliceWith(text: string, told: readonly string[] = [], link = '/pfn?v=1'): SliceFile {
  return {
    pinscope: 'slice',
    version: 1,
    about: { kind: 'page', pfn: '0x1' },
    link,
    files: [{ name: 'secret/trace.txt', sizeBytes: 1, sha256: '', lines: 9, unit: 'line', spans: [[1, 1]], text }],
    redacted: [],
    told: [...told],
  }
}

const LINE =
  '            init-1       [001] .....     3.180454: page_ref_mod: pfn=0x1fb59 flags=lru count=1 mapping=ffff888000be5588 val=1'

describe('a slice', () => {
  test('has the same other name wherever the same one stood', () => {
    const told = ['held by init-1 in do_tee; pid 1 (init) allocated it at 3.180454']
    const { files, told: lines } = redactSlice(sliceWith(LINE, told), { ...REDACT_NOTHING, comms: true, pids: true })
    expect(files[0].text).toContain('comm-1-10001       [001] .....     3.180454: page_ref_mod: pfn=0x1fb59')
    expect(lines).toEqual(['held by comm-1-10001 in do_tee; pid 10001 (comm-1) allocated it at 3.180454'])
  })

  test('keeps what a mapping is of, and nothing else of its address', () => {
    const { files } = redactSlice(sliceWith(LINE.replace('5588 ', '5589 ')), { ...REDACT_NOTHING, addresses: true })
    expect(files[0].text).toMatch(/mapping=ffffee000000000[0-9a-f] /)
    expect(files[0].text).not.toContain('be5589')
    expect(Number.parseInt(/mapping=([0-9a-f]+)/.exec(files[0].text)?.[1].at(-1) ?? '', 16) & 3).toBe(1)
  })

  test('has other names in its link, and its files', () => {
    const link = '/pfn?v=1&f=secret/trace.txt~1234567890abcdef&row=init-1&event=secret/trace.txt:3'
    const made = redactSlice(sliceWith(LINE, [], link), { ...REDACT_NOTHING, comms: true, pids: true, files: true })
    expect(made.link).toBe('/pfn?v=1&f=file-1~1234567890abcdef&row=comm-1-10001&event=file-1:3')
    expect(made.files[0].name).toBe('file-1')
  })

  test('has other names in its link where that has the beginning of a long name alone', () => {
    const name = 'acme-confidential-project-trace.txt'
    const link = `/pfn?v=2&f=${shortFileName(name)}~1234567890abcdef~99&event=${shortFileName(name)}:3`
    const slice = sliceWith(LINE, [], link)
    const made = redactSlice({ ...slice, files: [{ ...slice.files[0], name }] }, { ...REDACT_NOTHING, files: true })
    expect(made.link).toBe('/pfn?v=2&f=file-1~1234567890abcdef~99&event=file-1:3')
  })

  test.each([
    ['page last free pid 885 tgid 885 stack trace:', 'page last free pid 10001 tgid 10001 stack trace:'],
    [
      'Nov 22 06:52:54 lab kernel: [    5.1][  T885] page: x',
      'Nov 22 06:52:54 lab kernel: [    5.1][  T10001] page: x',
    ],
    [
      'task_rename: pid=885 oldcomm=drv newcomm=drx score=0',
      'task_rename: pid=10001 oldcomm=comm-1 newcomm=comm-2 score=0',
    ],
    ['Charged to offline memcg acme.slice', 'Charged to offline memcg /path-1'],
    [' 7f0 main+0x1 (/home/Jürgen Müller/plan)', ' 7f0 main+0x1 (/path-1)'],
    [' 7f0 main+0x1 (/plan)', ' 7f0 main+0x1 (/path-1)'],
    ['opened /home/jürgen/plan twice', 'opened /path-1 twice'],
    ['# entries-in-buffer/entries-written: 5/9   #P:2', '# entries-in-buffer/entries-written: 5/9   #P:2'],
  ])('has other names in %s', (line, redacted) => {
    const { files } = redactSlice(sliceWith(line), { ...REDACT_NOTHING, comms: true, pids: true, files: true })
    expect(files[0].text).toBe(redacted)
  })

  test('gives a name with two blanks another one where it was told with one, or a line was broken there', () => {
    const line = LINE.replace('init-1 ', 'my  own task-4242 ')
    const told = ['held by my own task-4242, then by my   own task']
    const made = redactSlice(sliceWith(line, told), { ...REDACT_NOTHING, comms: true, pids: true })
    expect(made.files[0].text).toContain('comm-1-10001 ')
    expect(made.told).toEqual(['held by comm-1-10001, then by comm-1'])
  })

  test.each([
    [
      '[    0.000000] Linux version 6.1.0 (ann@build7) (gcc 12) #1 SMP',
      '[    0.000000] Linux version 6.1.0 (host-1) (gcc 12) #1 SMP',
    ],
    ['Linux lab3 6.12.1 #1 SMP x86_64 GNU/Linux', 'Linux host-1 6.12.1 #1 SMP x86_64 GNU/Linux'],
    ['Hardware name: Acme Secret Board/X9, BIOS 1.2', 'Hardware name: host-1'],
    ['[    0.000000] DMI: Acme Secret Board/X9', '[    0.000000] DMI: host-1'],
    ['Nov 22 06:52:54 lab3 kernel: [    5.1] page: x', 'Nov 22 06:52:54 host-1 kernel: [    5.1] page: x'],
    ['# hostname : lab3', '# hostname : host-1'],
  ])('has no host and no hardware in %s', (line, redacted) => {
    const { files, redacted: kinds } = redactSlice(sliceWith(line), { ...REDACT_NOTHING, host: true })
    expect(files[0].text).toBe(redacted)
    expect(kinds).toEqual(['host'])
    expect(redactSlice(sliceWith(line), { ...REDACT_NOTHING, comms: true }).files[0].text).toContain(line.slice(-9))
  })

  test('has no host where a line of no known form names it', () => {
    const lines = 'Nov 22 06:52:54 lab3 kernel: [    5.1] page: x\nssh lab3 cat trace'
    const { files, told } = redactSlice(sliceWith(lines, ['seen on lab3']), { ...REDACT_NOTHING, host: true })
    expect(files[0].text).toContain('ssh host-1 cat trace')
    expect(told).toEqual(['seen on host-1'])
  })

  test('gives no name that stands in it already', () => {
    const both = `${LINE}\n${LINE.replace('init-1 ', 'comm-1-10001 ')}`
    const { files } = redactSlice(sliceWith(both), { ...REDACT_NOTHING, comms: true, pids: true })
    const names = files[0].text.split('\n').map((line) => line.trim().split(' ')[0])
    expect(new Set(names).size).toBe(2)
    expect(names).not.toContain('comm-1-10001')
  })

  test('is as it was where nothing is chosen', () => {
    const slice = sliceWith(LINE)
    expect(redactSlice(slice, REDACT_NOTHING)).toBe(slice)
  })
})

describe('a mail and Markdown on a slice', () => {
  const hidden = '(sd-pam)'
  /** A capture whose holder is called so. */
  const capture = async (): ReturnType<typeof readCapture> => {
    const files = filesOf('leaky-driver-61')
    const { findings } = (await readCapture(files)).derived
    const holder = findings[0].pages.flatMap(({ culprits }) => culprits).find((one) => one.comm !== '')?.comm ?? ''
    const trace = files.find(({ name }) => name === 'trace.txt.gz') ?? new File([], '')
    const renamed = gunzipSync(Buffer.from(await trace.arrayBuffer()))
      .toString('latin1')
      .replaceAll(`${holder}-`, `${hidden}-`)
    return readCapture([new File([renamed], 'trace.txt')])
  }

  test.each(['text', 'markdown', 'json'] as const)(
    'as %s have no name that Markdown escapes, and fit',
    async (format) => {
      const whole = await capture()
      const about = { kind: 'range', failure: whole.derived.findings[0].range.id } as const
      const plain = (await sliceOf(whole, about, {}, { text: { format } })).text ?? ''
      const text = (await sliceOf(whole, about, { comms: true, pids: true }, { text: { format } })).text ?? ''
      expect(plain).toContain('sd-pam')
      expect(text).not.toContain('sd-pam')
      expect(text).toMatch(/comm-\d+/)
      const widest = Math.max(...text.split('\n').map((line) => line.length))
      expect(widest <= 80 || format !== 'text').toBe(true)
    },
  )
})

const comm = fc
  .stringMatching(/^[a-zA-Z][\w:/.+-]{0,14}$/)
  .filter((name) => !isWordOfFormats(name) && !/-\d+$/.test(name))

property.prop([
  fc.uniqueArray(comm, { minLength: 1, maxLength: 5 }),
  fc.array(fc.integer({ min: 1, max: 4_194_303 }), { minLength: 5, maxLength: 5 }),
])('no name of a task is left, whatever the names are', (comms, pids) => {
  const text = comms.map((name, at) => LINE.replace('init-1 ', `${name}-${pids[at]} `)).join('\n')
  const told = comms.map((name, at) => `held by ${name}-${pids[at]}, then by ${name}`)
  const made = redactSlice(sliceWith(text, told), { ...REDACT_NOTHING, comms: true, pids: true })
  const all = [...made.told, ...made.files.map((file) => file.text)].join('\n')
  for (const name of comms) expect([name, isWordIn(all, name)]).toEqual([name, false])
  for (const [at, line] of made.told.entries()) expect(line).not.toContain(`-${pids[at]},`)
})
