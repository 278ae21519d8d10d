import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type Clock } from '../../src/base/clock.ts'
import { formatPlace, parsePlace } from '../../src/state/place-in-link.ts'
import { timeFromLink, timeToLink } from '../../src/state/time-in-link.ts'

describe('a place', () => {
  test.prop([fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 1, max: 10 ** 11 })])(
    'is read as it was written, even of a file whose name holds colons',
    (fileName, line) => {
      expect(parsePlace(formatPlace({ fileName, line }))).toEqual({ fileName, line })
    },
  )

  test.each(['', 'trace.txt', ':12', 'trace.txt:0', 'trace.txt:-1', 'trace.txt:1.5', undefined])(
    'is not read from %s',
    (text) => {
      expect(parsePlace(text)).toBeUndefined()
    },
  )
})

describe('a time in the link', () => {
  const clocks = fc
    .bigInt({ min: 0n, max: 2n ** 62n })
    .map((origin): Clock => ({ originNs: origin.toString(), style: { unit: 'seconds', digits: 6 }, name: 'mono' }))

  test.prop([clocks, fc.integer({ min: 0, max: 2 ** 52 })])(
    'is absolute, and loses nothing on the way',
    (clock, ns) => {
      expect(BigInt(timeToLink(ns, clock))).toBe(BigInt(clock.originNs) + BigInt(ns))
      expect(timeFromLink(timeToLink(ns, clock), clock)).toBe(ns)
    },
  )

  test('is absent when the link has none', () => {
    const clock: Clock = { originNs: '0', style: { unit: 'seconds', digits: 6 }, name: 'mono' }
    expect(timeFromLink(undefined, clock)).toBeUndefined()
  })
})
