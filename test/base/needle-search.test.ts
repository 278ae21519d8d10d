import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { NeedleSearch } from '../../src/base/needle-search.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

/** Ends of all needles by looking everywhere: the slow twin. */
function slowly(text: string, needles: readonly string[]): readonly number[] {
  const ends = new Set<number>()
  for (const needle of needles)
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) ends.add(at + needle.length)
  return [...ends].sort((a, b) => a - b)
}

const NEEDLES = ['cma_alloc:x', 'test_pages_isolated:', 'mm_compaction_end:', '_failure: ', 'aaaaaaaaaa']
const filler = fc.stringMatching(/^[a_:x -]{0,40}$/)
const piece = fc.oneof(
  filler,
  fc.constantFrom(...NEEDLES),
  fc.constantFrom('cma_alloc:', 'compaction_end:', '_failure:'),
)

describe('searching several texts at once', () => {
  test.prop([fc.array(piece, { maxLength: 30 }), fc.nat({ max: 9 })])(
    'finds each that does not overlap the one before, wherever it lies',
    (pieces, shift) => {
      const text = pieces.join('')
      const bytes = latin1('#'.repeat(shift) + text).subarray(shift)
      const search = new NeedleSearch(NEEDLES.slice(0, -1))
      const found: number[] = []
      for (let at = search.find(bytes, 0, bytes.length); at >= 0; at = search.find(bytes, at, bytes.length))
        found.push(at)
      expect(found).toEqual(slowly(text, NEEDLES.slice(0, -1)))
    },
  )

  test('keeps to the bytes that it is given', () => {
    const bytes = latin1('xx_failure: xx')
    const search = new NeedleSearch(NEEDLES)
    expect(search.find(bytes, 0, bytes.length)).toBe(12)
    expect(search.find(bytes, 3, bytes.length)).toBe(-1)
    expect(search.find(bytes, 0, 11)).toBe(-1)
    expect(search.find(bytes, 2, 12)).toBe(12)
  })

  test('finds nothing where nothing is looked for, and refuses what is too short', () => {
    expect(new NeedleSearch([]).find(latin1('anything at all'), 0, 15)).toBe(-1)
    expect(() => new NeedleSearch(['short'])).toThrow(RangeError)
  })
})
