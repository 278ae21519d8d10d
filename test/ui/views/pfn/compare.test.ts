import { describe, expect, test } from 'vitest'
import { type BlockingPageAnswer } from '../../../../src/queries/wire.ts'
import { pfnsOf } from '../../../../src/ui/views/pfn/compare-bar.tsx'
import { compareOffers } from '../../../../src/ui/views/pfn/compare-offers.ts'

function page(pfn: number, holder: string, pid = 7): BlockingPageAnswer {
  const culprit = {
    rank: 1,
    pfn,
    task: { comm: 'drv', pid },
    function: holder,
    module: '',
    class: 'driver',
    kind: 'leak',
    confidence: 0.9,
    confidenceWord: 'very likely',
    anyOf: 1,
    units: 1,
    stack: { hash: '', frames: [] },
    evidence: [],
  } as const
  return { pfn, headPfn: pfn, isNamed: true, verdict: 'held', reason: '', culprits: [culprit], evidence: [] }
}

describe('pages that are offered beside one', () => {
  const pages = [page(1, 'grab'), page(2, 'grab'), page(3, 'do_tee'), page(4, 'grab', 8), page(5, 'grab')]

  test('are first those of its holder: same frame and same task', () => {
    expect(compareOffers(pages[0], pages, [1, 2, 3, 4, 5], [1])).toEqual({ sameHolder: [2, 5], sameRange: [3, 4] })
  })

  test('are none that is drawn already', () => {
    expect(compareOffers(pages[0], pages, [1, 2, 3, 4, 5], [1, 2, 4])).toEqual({ sameHolder: [5], sameRange: [3] })
  })

  test('have no holder in common where none is named', () => {
    const unnamed = [page(1, ''), page(2, '')]
    expect(compareOffers(unnamed[0], unnamed, [1, 2], [1])).toEqual({ sameHolder: [], sameRange: [2] })
  })
})

test.each([
  ['0x17aca', 7, [0x17aca]],
  ['0x3, 0x1-0x3', 3, [1, 2, 3]],
])('what is typed, %s, is pages', (text, room, pfns) => {
  expect(pfnsOf(text, room)).toEqual({ pfns, objection: '' })
})

test.each([
  ['17aca', '17aca is no PFN'],
  ['', 'write a PFN'],
  ['0x1-0x9', '8 pages, but there is room for 7'],
  ['0x0-0xffffffff', 'but there is room for 7'],
])('what is typed, %s, is refused in words', (text, words) => {
  const { pfns, objection } = pfnsOf(text, 7)
  expect(pfns).toEqual([])
  expect(objection).toContain(words)
})
