import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { nodeInflate } from '../../src/cli/node-source.ts'
import { inflateNatively, unwrap } from '../../src/formats/unwrap.ts'
import { type Inflate, newWrapping, type Pieces } from '../../src/formats/wrapping.ts'

const TEXT = Array.from({ length: 4000 }, (_, at) => `line ${at} ${(at * 2654435761) % 1_000_003}\n`).join('')

/** Two members, of which browsers refuse the second: they are unpacked the patient way. */
const PACKED = Buffer.concat([gzipSync(TEXT.slice(0, 60_000)), gzipSync(TEXT.slice(60_000))])

async function* cut(bytes: Uint8Array, size: number, error?: Error): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  if (error !== undefined) throw error
}

async function textUntil(pieces: Pieces): Promise<{ readonly text: string; readonly error: unknown }> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const piece of pieces) text += decoder.decode(piece, { stream: true })
    return { text, error: undefined }
  } catch (error) {
    return { text, error }
  }
}

describe('a packed source that fails while it is read', () => {
  test.each([1, 61, 1000, 4096, 100_000])('gives all text before that, in pieces of %i bytes', async (size) => {
    const gone = new Error('the file is gone')
    const refused: Inflate = () => cut(new Uint8Array(0), 1, new Error('refused'))
    const some = PACKED.subarray(0, 15_000)
    const whole = await textUntil(unwrap(() => cut(some, 100_000), newWrapping(), refused))
    const told = await textUntil(unwrap(() => cut(some, size, gone), newWrapping(), refused))
    expect(told.error).toBe(gone)
    // What only the end of the bytes lets go of is not among it.
    expect(whole.text.startsWith(told.text)).toBe(true)
    expect(whole.text.length - told.text.length).toBeLessThan(64)
    expect(told.text.length).toBeGreaterThan(20_000)
  })
})

test('what unpacks may throw its own failure into what it reads: the file is damaged, not unreadable', async () => {
  const thrower: Inflate = async function* (packed) {
    const pieces = packed[Symbol.asyncIterator]()
    const first = await pieces.next()
    yield new Uint8Array(0)
    if (first.done !== true) await pieces.throw?.(new Error('invalid distance too far back'))
  }
  const wrapping = newWrapping()
  const { text, error } = await textUntil(unwrap(() => cut(PACKED, 61), wrapping, thrower))
  expect([error, text === TEXT, wrapping.damage]).toEqual([undefined, true, ''])
})

test('a damaged file is told to be damaged each time, however the bytes come', async () => {
  const damaged = Buffer.from(PACKED)
  damaged.fill(0x55, 9000, 9400)
  const told = new Set<string>()
  for (let times = 0; times < 40; times++) {
    const wrapping = newWrapping()
    const { text, error } = await textUntil(unwrap(() => cut(damaged, 61 + (times % 3)), wrapping, nodeInflate))
    told.add(JSON.stringify([error === undefined, text.length, wrapping.damage]))
  }
  expect([...told]).toEqual([expect.stringMatching(/^\[true,\d+,"damaged: /)])
})

describe.each([
  ['zlib', nodeInflate],
  ['the web', inflateNatively],
])('by %s', (_name, inflate) => {
  const told = async (bytes: Uint8Array): Promise<readonly string[]> => {
    const all = new Set<string>()
    for (const size of [1, 61, 1009, 4096, 1_000_000]) {
      const wrapping = newWrapping()
      const { text, error } = await textUntil(unwrap(() => cut(bytes, size), wrapping, inflate))
      all.add(`${error === undefined} ${text === TEXT} ${wrapping.damage}`)
    }
    return [...all]
  }

  test('what stands behind the end is told, also behind a zero, however the bytes come', async () => {
    const tail = Buffer.concat([gzipSync(TEXT), Buffer.from([0, 0, 7, 7, 7, 7, 7, 7])])
    expect(await told(tail)).toEqual([
      expect.stringMatching(/^true true damaged: bytes after the end of the gzip stream/),
    ])
  })

  test('one member and several are whole', async () => {
    expect(await told(gzipSync(TEXT))).toEqual(['true true '])
    expect(await told(PACKED)).toEqual(['true true '])
  })
})
