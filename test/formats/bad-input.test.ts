import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { knownSha256 } from '../../src/model/file-hash.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { type Source } from '../../src/formats/source.ts'
import { crlf, factsOf, filesOf, gz, sourceOf, traceOf } from './read-bytes.ts'

/** Files that are no input, written for this test; the header is what an empty `trace` prints. */
const folder = new URL('../fixtures/bad-input/', import.meta.url)
const OWNER = readFileSync(new URL('../fixtures/page-owner/linux-6.12.txt', import.meta.url), 'utf8')
const TRACE = [
  '# tracer: nop',
  '#',
  ...Array.from({ length: 400 }, (_, row) => {
    const time = `2.${String(row).padStart(6, '0')}`
    return `            init-1       [000] .....     ${time}: page_ref_mod: pfn=0x1fb7b flags=0x1 count=1 mapcount=0 mapping=0000000000000000 mt=4 val=1`
  }),
  '',
].join('\n')

function noise(size: number, seed = 1): Uint8Array {
  let state = seed
  return Uint8Array.from({ length: size }, () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 16)
}

describe('a file of no known kind', () => {
  test.each(readdirSync(folder).filter((name) => name !== 'only-header.txt'))(
    '%s is listed with all its lines skipped and a word on what was tried',
    async (name) => {
      const [file] = await filesOf([sourceOf(readFileSync(new URL(name, folder)), name)])
      expect(file.format).toBe('unknown')
      expect(file.ledger.total).toBeGreaterThan(0)
      expect(file.skippedBy.get('file of no known kind')).toBe(file.ledger.total)
      expect(file.notices.join()).toMatch(/^not read: .*pinscope reads .*page_owner/)
    },
  )

  test.each([['settings.json', 'JSON']])('%s is known by name though it is not read', async (name, words) => {
    const [file] = await filesOf([sourceOf(readFileSync(new URL(name, folder)), 'x')])
    expect(file.notices.join()).toContain(words)
  })

  test('a pstore record that the kernel could not unpack is told by its name, with what to do', async () => {
    const [file] = await filesOf([sourceOf(noise(900), 'sys/fs/pstore/dmesg-ramoops-0.enc.z')])
    expect(file.notices.join()).toMatch(/pstore record that is still packed.*raw deflate/)
  })

  test('an xz file is told with what to do', async () => {
    const xz = Uint8Array.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0, 4, 1, 2, 3, 4])
    const [file] = await filesOf([sourceOf(xz, 'trace.txt.xz')])
    expect(file.notices.join()).toMatch(/an xz file; unpack it first: xz -d FILE/)
  })

  test('the failure names each file and why', async () => {
    const outcome = await readTrace([sourceOf('hello\n', 'a.txt'), sourceOf('', 'b.txt')])
    expect(outcome).toMatchObject({ ok: false })
    const message = outcome.ok ? '' : outcome.error.message
    expect(message).toMatch(/nothing readable/)
    expect(message).toMatch(/a\.txt: not read/)
    expect(message).toMatch(/b\.txt: empty file/)
  })

  test('does not keep the others from being read', async () => {
    const trace = await traceOf([sourceOf(noise(5000), 'noise'), sourceOf(OWNER, 'po'), sourceOf('', 'empty')])
    expect(trace.files.map((file) => file.format)).toEqual(['unknown', 'page_owner', 'unknown'])
    expect(trace.owners.length).toBe(2)
    const firstLine = trace.files[1].firstLine
    expect(firstLine).toBe(trace.files[0].ledger.total)
    expect(Array.from(trace.owners.line as ArrayLike<number>)).toEqual([firstLine, firstLine + 13])
  })
})

describe('an empty file', () => {
  test('says so and has no lines', async () => {
    const [file] = await filesOf([sourceOf('')])
    expect(file).toMatchObject({
      format: 'unknown',
      sizeBytes: 0,
      ledger: { total: 0 },
      notices: [expect.stringContaining('empty file: nothing to read; copy it again')],
    })
    expect(knownSha256(file.hash)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  test('may be packed', async () => {
    const [file] = await filesOf([sourceOf(gz(''))])
    expect(file).toMatchObject({
      isCompressed: true,
      notices: [expect.stringContaining('empty text: nothing to read')],
    })
  })
})

describe('binary noise', () => {
  test('is no known kind, whatever it is called', async () => {
    const [file] = await filesOf([sourceOf(noise(200_000), 'trace.txt')])
    expect(file.format).toBe('unknown')
    expect(file.ledger.skipped).toBe(file.ledger.total)
  })

  test('behind two bytes that promise gzip is damage, not an exception', async () => {
    const [file] = await filesOf([sourceOf(Uint8Array.of(0x1f, 0x8b, ...noise(4000)), 'trace.gz')])
    expect(file.isCompressed).toBe(true)
    expect(file.damage[0].message).toMatch(/^damaged: /)
  })
})

test('NUL bytes in the middle of a dump cost the lines that have them and no other', async () => {
  const broken = `${OWNER}${'\0'.repeat(5000)}\n\n${OWNER.replaceAll('0x1f', '0x2f')}`
  const trace = await traceOf([sourceOf(broken)])
  expect(trace.owners.length).toBe(4)
  expect(trace.files[0].ledger.total).toBe(broken.split('\n').length - 1)
})

test('a line of 10 MB is refused by number, and the lines after it are read', async () => {
  const before = OWNER.split('\n').length
  const long = `${OWNER}\n${'x'.repeat(10 << 20)}\n${OWNER.replaceAll('0x1f', '0x2f')}`
  for (const source of [sourceOf(long), sourceOf(long, 'x', 4 << 20), sourceOf(gz(long))]) {
    const trace = await traceOf([source])
    expect(trace.owners.length).toBe(4)
    const [problem] = trace.files[0].problems
    expect(problem).toMatchObject({ reason: 'line longer than 1 MiB', count: 1 })
    expect(problem.samples[0].line).toBe(before + 1)
    expect(problem.samples[0].text).toBe('x'.repeat(400))
    expect(trace.files[0].ledger.total).toBe(long.split('\n').length - 1)
  }
})

describe('a number that no kernel prints', () => {
  const ARGUMENTS = 'pfn=0x5ee95 flags=0x28 count=4 mapcount=1 mapping=0xffff888005180158 mt=4 val=1'
  const sample = (tid: string, cpu: string, time = '4.961163'): string =>
    `fio ${tid} [${cpu}] ${time}: page_ref:page_ref_mod: ${ARGUMENTS}`
  const entry = (pid: string, cpu: string, time = '4.961163'): string =>
    `  fio-${pid} [${cpu}] d..1. ${time}: page_ref_mod: ${ARGUMENTS}`
  const latency = (time: string): string => `   fio-67      1d..1. ${time}: page_ref_mod: ${ARGUMENTS}`
  const verbose = (pid: string, cpu: string, ms: string): string =>
    `             fio ${pid.padStart(7)} ${cpu.padStart(3)} 0 00000000 00000001 [0000000000bb8d2f] ${ms}ms (+0.000ms): page_ref_mod: ${ARGUMENTS}`
  const lost = (cpu: string): string => `CPU:${cpu} [LOST 3 EVENTS]`
  const head = (pfn: string, counts = 'refcount:3 mapcount:0'): string =>
    `[  2.393929] page: ${counts} mapping:0000000000000000 index:0x7f pfn:0x${pfn}`
  // The good one is the greatest that a kernel can print.
  test.each([
    ['a CPU in perf script', sample('67', '8191'), sample('67', '4294967295')],
    ['a tid in perf script', sample('2147483647', '000'), sample('99999999999', '000')],
    ['a time in perf script', sample('67', '000', '18446744073.709551'), sample('67', '000', '18446744074.961163')],
    ['a CPU in a trace', entry('67', '8191'), entry('67', '70000')],
    ['a pid in a trace', entry('2147483647', '000'), entry('2147483648', '000')],
    ['a time in a trace', entry('67', '000', '18446744073.709551'), entry('67', '000', '18446744073709551615.108243')],
    ['a count of a clock', entry('67', '000', '18446744073709551615'), entry('67', '000', '18446744073709551616')],
    ['microseconds of a trace', latency('267985us'), latency('99007199254740991us')],
    ['a pid in verbose columns', verbose('4194304', '0', '12.500'), verbose('9999999999', '0', '12.500')],
    ['a CPU in verbose columns', verbose('7', '8191', '12.500'), verbose('7', '99999', '12.500')],
    ['a time in verbose columns', verbose('7', '0', '9007199254740.500'), verbose('7', '0', `${'9'.repeat(26)}.678`)],
    ['a CPU that lost events', `${entry('67', '000')}\n${lost('8191')}`, lost('99999')],
    ['the PFN of a page in a log', head('fffffffffffff'), head('9007199254740991f46d')],
    ['the order of a pageblock', 'Page block order: 22', 'Page block order: 23'],
    ['the order of a folio in a log', `${head('5ee95')} order:22`, `${head('5ee95')} order:23`],
    ['the refcount of a page in a log', head('281b2'), head('281b2', 'refcount:9007199254740991026 mapcount:0')],
  ])('%s costs its line, and no other', async (_name, good, bad) => {
    const goodLines = good.split('\n').length
    const [file] = await filesOf([sourceOf(`${good}\n${bad}\n${good}\n`)])
    expect(file.problems.flatMap(({ samples }) => samples.map(({ line }) => line))).toEqual([goodLines + 1])
    expect(file.ledger).toMatchObject({ parsed: 2 * goodLines, skipped: 0, rejected: 1, total: 2 * goodLines + 1 })
  })

  test('does not move the times of other lines', async () => {
    const times = ['90000000000', '9'.repeat(30), '90000000001', '90234567890']
    const trace = await traceOf([sourceOf(times.map((time) => entry('67', '000', time)).join('\n'))])
    const first = trace.events.time[0]
    expect(Array.from(trace.events.time, (time) => time - first)).toEqual([0, 1, 234_567_890])
  })

  test('a line of perf script without a time may have any comm, and one with a time that is spoilt is none', async () => {
    const told = (columns: string): string => `${columns} page_ref:page_ref_mod: ${ARGUMENTS}`
    const lines = [
      told('Web Content of a tab 12 [003]'),
      told('fio 67 [4294967295]     4.961163:'),
      told('fio 67 [003]'),
    ]
    const [file] = await filesOf([sourceOf(`${lines.join('\n')}\n`)])
    expect(file.ledger).toMatchObject({ parsed: 2, rejected: 1 })
  })
})

test('only a header is a trace without events', async () => {
  const trace = await traceOf([sourceOf(readFileSync(new URL('only-header.txt', folder)))])
  expect(trace.files[0]).toMatchObject({ format: 'ftrace', ledger: { total: 12, skipped: 12 } })
  expect(trace.files[0].notices.join()).toMatch(/no events/)
})

describe('a gzip stream that ends early', () => {
  const packed = gz(
    Array.from({ length: 300 }, (_, row) => TRACE.replaceAll('0x1fb7b', `0x${(row * 7919).toString(16)}`)).join(''),
  )
  const cut = packed.slice(0, packed.length / 2)

  test('keeps what was unpacked, says where it ends and what to do', async () => {
    const trace = await traceOf([sourceOf(cut, 't.gz')])
    const [file] = trace.files
    expect(trace.events.length).toBeGreaterThan(1000)
    expect(file.damage[0].message).toBe(
      `cut off: the gzip stream ends early; ${file.textBytes} bytes of text were read; copy the file again`,
    )
    expect(file.ledger.total).toBe(file.ledger.parsed + file.ledger.skipped + file.ledger.rejected)
  })

  test('is a loss in the trace', async () => {
    const trace = await traceOf([sourceOf(cut, 't.gz')])
    const last = trace.events.time[trace.events.length - 1]
    expect(trace.losses).toContainEqual(
      expect.objectContaining({ kind: 'truncated', cpu: -1, count: -1, line: trace.files[0].ledger.total - 1 }),
    )
    expect(trace.losses.find((loss) => loss.kind === 'truncated')?.from).toBeLessThanOrEqual(last)
  })

  test('gives the same however it arrives', async () => {
    const whole = await traceOf([sourceOf(cut)])
    const small = await traceOf([sourceOf(cut, 't', 1000)])
    expect(small.files[0]).toEqual({ ...whole.files[0], name: 't' })
  })
})

describe('other damage of a gzip stream', () => {
  test('several members are read as one text', async () => {
    const half = OWNER.indexOf('Page allocated', 10)
    const packed = Buffer.concat([gz(OWNER.slice(0, half)), gz(OWNER.slice(half)), gz('')])
    const trace = await traceOf([sourceOf(packed)])
    expect(factsOf(trace)).toEqual(factsOf(await traceOf([sourceOf(OWNER)])))
    expect(trace.files[0].damage).toEqual([])
  })

  test('a wrong checksum is told', async () => {
    const packed = gz(OWNER)
    packed[packed.length - 6] ^= 0xff
    const [file] = await filesOf([sourceOf(packed)])
    expect(file.damage[0].message).toMatch(/checksum/)
    expect(file.records).toBe(2)
  })

  test('garbage behind the end is told, and hashed', async () => {
    const packed = Buffer.concat([gz(OWNER), Buffer.from('garbage that is no gzip at all')])
    const [file] = await filesOf([sourceOf(packed)])
    const [same] = await filesOf([sourceOf(Buffer.concat([packed, Buffer.alloc(0)]))])
    expect(file.damage[0].message).toMatch(/bytes after the end/)
    expect(file.records).toBe(2)
    expect(file.sizeBytes).toBe(packed.length)
    expect(file.hash).toEqual(same.hash)
  })
})

describe('a file that changes while it is read', () => {
  const failing = (content: string, after: number): Source => ({
    ...sourceOf(content),
    stream: () => {
      let at = 0
      return new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (at >= after) return controller.error(new DOMException('changed on disk', 'NotReadableError'))
          controller.enqueue(Buffer.from(content.slice(at, Math.min(after, (at += 500)))))
        },
      })
    },
  })

  test('keeps what was read before, and the others', async () => {
    const trace = await traceOf([failing(TRACE, 20_000), sourceOf(OWNER, 'po')])
    expect(trace.files[0].damage[0].message).toMatch(/could not be read to its end .*20000 bytes were read/)
    expect(trace.events.length).toBeGreaterThan(100)
    expect(trace.losses).toContainEqual(expect.objectContaining({ kind: 'truncated' }))
    expect(trace.owners.length).toBe(2)
  })

  test('that cannot be read at all, such as a folder, is listed', async () => {
    const [file] = await filesOf([failing(TRACE, 0)])
    expect(file).toMatchObject({ format: 'unknown', sizeBytes: 0, ledger: { total: 0 } })
    expect(file.damage[0].message).toMatch(/a folder, or moved, or changed/)
  })

  test('is told by its size', async () => {
    const [file] = await filesOf([{ ...sourceOf(OWNER), sizeBytes: 10 }])
    expect(file.damage[0].message).toMatch(/^changed while it was read: 10 bytes were expected, 945 were read/)
  })

  test('is told by its time', async () => {
    const [file] = await filesOf([{ ...sourceOf(OWNER), changed: () => Promise.resolve(true) }])
    expect(file.damage[0].message).toMatch(/^changed while it was read/)
  })
})

describe('the same bytes twice', () => {
  test('are read once, and the second is listed with a notice', async () => {
    const trace = await traceOf([sourceOf(OWNER, 'a'), sourceOf(OWNER, 'b')])
    expect(trace.owners.length).toBe(2)
    expect(trace.files[1]).toMatchObject({ name: 'b', records: 0, ledger: { total: 0 } })
    expect(trace.files[1].notices).toEqual(['the same bytes as a: read once'])
  })

  test('but not the same size only', async () => {
    const trace = await traceOf([sourceOf(OWNER, 'a'), sourceOf(OWNER.replaceAll('0x1f', '0x2f'), 'b')])
    expect(trace.owners.length).toBe(4)
  })
})

test('UTF-16 text is decoded, with or against the byte order of the machine, with or without its mark', async () => {
  const expected = factsOf(await traceOf([sourceOf(OWNER)]))
  const little = Buffer.from(`\uFEFF${crlf(OWNER)}`, 'utf16le')
  const big = Buffer.from(little).swap16()
  for (const bytes of [little, big, little.subarray(2), big.subarray(2)]) {
    const trace = await traceOf([sourceOf(bytes, 'x', 333)])
    expect(factsOf(trace)).toEqual(expected)
    expect(trace.files[0].notices.join()).toMatch(/UTF-16(LE|BE): it was decoded/)
  }
})

test('a UTF-8 byte order mark is no part of the first line', async () => {
  const trace = await traceOf([sourceOf(`\uFEFF${OWNER}`, 'x', 1)])
  expect(factsOf(trace)).toEqual(factsOf(await traceOf([sourceOf(OWNER)])))
})

test('an abort stops the reading with its reason', async () => {
  const abort = new AbortController()
  const reading = readTrace([sourceOf(TRACE.repeat(50), 'x', 1000)], {
    signal: abort.signal,
    onProgress: () => abort.abort(new Error('enough')),
  })
  await expect(reading).rejects.toThrow('enough')
})

test('progress counts the bytes on disk of all files up to their sum', async () => {
  const seen: { bytesRead: number; bytesTotal: number; fileIndex: number }[] = []
  const packed = gz(TRACE)
  await readTrace([sourceOf(packed, 'a'), sourceOf(OWNER, 'b'), sourceOf(OWNER, 'c')], {
    onProgress: (progress) => seen.push(progress),
  })
  const bytesTotal = packed.length + 2 * OWNER.length
  expect(seen.every((progress) => progress.bytesTotal === bytesTotal)).toBe(true)
  expect(seen.at(-1)).toMatchObject({ bytesRead: bytesTotal, fileIndex: 2, fileCount: 3, events: 400 })
})
