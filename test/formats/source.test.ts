import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readTrace } from '../../src/formats/read-trace.ts'
import { sourceOfBlob } from '../../src/formats/source.ts'

const TEXT = 'start_pfn=1 end_pfn=2\n'

describe('a file of the browser', () => {
  test('is read and hashed', async () => {
    const outcome = await readTrace([sourceOfBlob(new File([TEXT], 'note.txt'))])
    const file = outcome.ok ? outcome.value.files[0] : undefined
    expect(file).toMatchObject({ name: 'note.txt', format: 'pfn_window', damage: [] })
    expect(file?.hash).toEqual({ kind: 'known', sha256: createHash('sha256').update(TEXT).digest('hex') })
  })

  test('that cannot be read any more is listed without a hash', async () => {
    const file = new File([TEXT], 'note.txt')
    const gone = (): never => {
      throw new DOMException('gone', 'NotFoundError')
    }
    const source = { ...sourceOfBlob(file), stream: gone, sha256: async () => gone() }
    const outcome = await readTrace([source])
    expect(outcome.ok).toBe(false)
    expect(outcome.ok ? [] : outcome.error.files).toMatchObject([{ hash: { kind: 'none' }, format: 'unknown' }])
    expect(outcome.ok ? '' : outcome.error.message).toMatch(/could not be read \(gone\)/)
  })

  test('gives slices of itself and says that it has not changed', async () => {
    const source = sourceOfBlob(new File([TEXT], 'note.txt'))
    const slice = source.slice?.(6, 9) as ReadableStream<Uint8Array<ArrayBuffer>> | undefined
    expect(await new Response(slice).text()).toBe('pfn')
    expect(await source.changed?.()).toBe(false)
  })
})
