import { readdirSync, readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { knownSha256 } from '../../src/model/file-hash.ts'
import { LINE_STRIDE } from '../../src/model/source-file.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { bytesOf, factsOf, fateOf, filesOf, gz, sourceOf } from './read-bytes.ts'

const fixtures = new URL('../fixtures/', import.meta.url)
const LINES = ['page-owner', 'dmesg', 'ftrace', 'kallsyms', 'page-types', 'stack-totals', 'machine']
  .flatMap((folder) => readdirSync(new URL(`${folder}/`, fixtures)).map((name) => `${folder}/${name}`))
  .filter((name) => name.endsWith('.txt'))
  .flatMap((name) => readFileSync(new URL(name, fixtures), 'utf8').split('\n'))

/** On a busy machine a hundred runs take their time. */
const SLOW_MS = 60_000

/** Lines of real files in any order, some of them spoilt, with any line end. */
const medley = fc
  .array(
    fc.tuple(fc.constantFrom(...LINES), fc.constantFrom('\n', '\n', '\n', '\r\n', '', '\0\n', '\n\n'), fc.nat(400)),
    { maxLength: 80 },
  )
  .map((parts) => parts.map(([line, end, cut]) => (cut < 300 ? line : line.slice(0, cut - 300)) + end).join(''))

/** A first line that settles the format, so that every reader is fed. */
const START = fc.constantFrom(
  '',
  'Page allocated via order 0, mask 0x0()\n',
  '# tracer: nop\n',
  'Linux version 6.12.0\n',
  'start_pfn=1 end_pfn=2\n',
  'ffffffff81000000 T _text\n',
  'offset\tlen\tflags\n',
  'offset\tflags\n',
  '3 times, 3 pages:\n sym+0x1/0x2\n',
  ' sym+0x1/0x2\nnr_base_pages: 1\n\n',
  'Page block order: 9\n',
  'Node 0, zone   Normal\n  pages free     1\n',
  '00001000-0009fbff : System RAM\n',
  'MemTotal:         491668 kB\n',
)

function lineCountOf(bytes: Uint8Array): number {
  const ends = bytes.filter((byte) => byte === 10).length
  return bytes.length > 0 && bytes[bytes.length - 1] !== 10 ? ends + 1 : ends
}

test.prop([fc.uint8Array({ maxLength: 3000 })], { numRuns: 100 })(
  'bytes at random never throw, and every line is accounted for',
  async (bytes) => {
    fc.pre(!(bytes[0] === 0x1f && bytes[1] === 0x8b) && bytes[0] < 0xef)
    const [file] = await filesOf([sourceOf(bytes)])
    expect(file.ledger.total).toBe(lineCountOf(bytes))
    expect(knownSha256(file.hash)).toBe(createHash('sha256').update(bytes).digest('hex'))
  },
  SLOW_MS,
)

test.prop([START, medley], { numRuns: 100 })(
  'spoilt lines in any order never throw, and every line is accounted for',
  async (start, text) => {
    const bytes = bytesOf(start + text)
    const [file] = await filesOf([sourceOf(bytes)])
    expect(file.ledger.parsed + file.ledger.skipped + file.ledger.rejected).toBe(lineCountOf(bytes))
  },
  SLOW_MS,
)

test.prop([START, medley, fc.integer({ min: 1, max: 300 }), fc.boolean()], { numRuns: 100 })(
  'the result does not depend on how the bytes come',
  async (start, text, pieceBytes, isPacked) => {
    const content = start + text
    const [whole, pieces] = await Promise.all([
      readTrace([sourceOf(content)]),
      readTrace([sourceOf(isPacked ? gz(content) : content, 'b', pieceBytes)]),
    ])
    expect(pieces.ok).toBe(whole.ok)
    const files = [whole, pieces].map((outcome) => (outcome.ok ? outcome.value.files : outcome.error.files)[0])
    if (content !== '') expect(fateOf(files[1])).toEqual(fateOf(files[0]))
    if (whole.ok && pieces.ok) expect(factsOf(pieces.value)).toEqual(factsOf(whole.value))
  },
  SLOW_MS,
)

test.prop([fc.array(fc.nat(30), { minLength: 2500, maxLength: 5000 }), fc.integer({ min: 1, max: 50_000 })], {
  numRuns: 20,
})(
  'the line index points at the first byte of every 1024th line',
  async (sizes, pieceBytes) => {
    const lines = sizes.map((size) => 'x'.repeat(size))
    const [file] = await filesOf([sourceOf(`${lines.join('\n')}\n`, 'x', pieceBytes)])
    const offsets = Array.from(file.lineOffsets as ArrayLike<number>)
    let offset = 0
    const expected = lines.flatMap((line, row) => {
      const here = offset
      offset += line.length + 1
      return row % LINE_STRIDE === 0 ? [here] : []
    })
    expect(offsets).toEqual(expected)
  },
  SLOW_MS,
)
