import { gzipSync } from 'node:zlib'
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, onTestFinished, test } from 'vitest'
import { inflateAside, type UnpackWorker } from '../../src/bridge/inflate-aside.ts'
import { exposeUnpacking } from '../../src/bridge/unpack-door.ts'
import { unwrap } from '../../src/formats/unwrap.ts'
import { newWrapping, type Pieces } from '../../src/formats/wrapping.ts'

/** Bytes that do not pack, so that their packing is large; the same for the same seed. */
function noise(size: number, seed = 1): Uint8Array {
  let state = seed
  return Uint8Array.from(
    { length: size },
    () => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) >> 16,
  )
}

const LARGE = noise(3_000_000)
const PACKED = gzipSync(LARGE)
/** What cannot be packed is not tried hard. */
const QUICKLY = { level: 1 }

class Threads {
  begun = 0
  ended = 0
  readonly create = (): UnpackWorker => {
    const { port1, port2 } = new MessageChannel()
    exposeUnpacking(port2)
    port1.start()
    this.begun++
    const close = (): void => {
      this.ended++
      port1.close()
    }
    return Object.assign(port1, { terminate: close })
  }
}

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}

async function bytesOf(pieces: Pieces): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

function threads(): Threads {
  const used = new Threads()
  onTestFinished(() => expect(used.ended).toBe(used.begun))
  return used
}

describe('a gzip stream that is unpacked in a worker', () => {
  // Each piece is a message to the worker and back: thousands of small ones would take a minute and show no more.
  const SMALL_PIECES: [number, number] = [1_100_000, 1000]
  property.prop([fc.integer({ min: 1, max: 3_000_000 }), fc.integer({ min: 20_000, max: 400_000 })], {
    numRuns: 12,
    examples: [SMALL_PIECES],
  })('gives the text, however large it is and however it comes', async (size, piece) => {
    const used = new Threads()
    const text = LARGE.subarray(0, size)
    const read = await bytesOf(inflateAside(used.create)(cut(gzipSync(text, QUICKLY), piece)))
    expect(Buffer.compare(read, text)).toBe(0)
    expect(used.ended).toBe(used.begun)
  })

  test('takes no worker when it is small', async () => {
    const used = threads()
    expect(await bytesOf(inflateAside(used.create)(cut(gzipSync(LARGE.subarray(0, 1000)), 100)))).toHaveLength(1000)
    expect(used.begun).toBe(0)
  })

  test('of several members is read whole by the patient way', async () => {
    const used = threads()
    const packed = Buffer.concat([PACKED, gzipSync(LARGE.subarray(0, 500))])
    const wrapping = newWrapping()
    const read = await bytesOf(unwrap(() => cut(packed, 100_000), wrapping, inflateAside(used.create)))
    expect(Buffer.compare(read, Buffer.concat([LARGE, LARGE.subarray(0, 500)]))).toBe(0)
    expect(wrapping.damage).toBe('')
    expect(used.begun).toBe(1)
  })

  test('that is cut off gives the text before the cut and says so', async () => {
    const used = threads()
    const wrapping = newWrapping()
    const cutOff = PACKED.subarray(0, PACKED.length - 1_000_000)
    const read = await bytesOf(unwrap(() => cut(cutOff, 100_000), wrapping, inflateAside(used.create)))
    expect(Buffer.compare(read, LARGE.subarray(0, read.length))).toBe(0)
    expect(read.length).toBeGreaterThan(1_900_000)
    expect(wrapping).toMatchObject({ isCutOff: true })
  })

  test('fails as its source does', async () => {
    const used = threads()
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield* cut(PACKED.subarray(0, 2_000_000), 100_000)
      throw new RangeError('the disk is gone')
    }
    await expect(bytesOf(unwrap(failing, newWrapping(), inflateAside(used.create)))).rejects.toThrow('the disk is gone')
  })

  test('that is left early ends its worker and closes what is behind it', async () => {
    const used = threads()
    let isClosed = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield* cut(PACKED, 100_000)
      } finally {
        isClosed = true
      }
    }
    for await (const piece of inflateAside(used.create)(endless())) if (piece.length > 0) break
    expect(used).toMatchObject({ begun: 1, ended: 1 })
    expect(isClosed).toBe(true)
  })

  test('says when its worker dies', async () => {
    const used = new Threads()
    const die = (): UnpackWorker => {
      const worker = used.create()
      setTimeout(() => (worker as unknown as EventTarget).dispatchEvent(new Event('error')), 5)
      return Object.assign(worker, { postMessage: () => undefined })
    }
    await expect(bytesOf(inflateAside(die)(cut(PACKED, 100_000)))).rejects.toThrow('the worker that unpacks ended')
  })
})
