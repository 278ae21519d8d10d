import { expect, test } from 'vitest'
import { type BlockingPage, type Culprit, type Finding } from '../../src/derive/attribution/finding.ts'
import { confidenceWord } from '../../src/queries/confidence-word.ts'
import { failureSentence } from '../../src/queries/sentence.ts'
import { LEAK, toldCapture } from '../support/told-capture.ts'

const { trace, derived } = toldCapture(LEAK)
const [finding] = derived.findings
const [page] = finding.pages
const [culprit] = page.culprits

/** The sentence of the told failure, its page changed, with other pages beside it. */
function sentenceOf(change: Partial<BlockingPage>, others: readonly BlockingPage[] = []): string {
  const changed = { ...page, ...change }
  const told: Finding = { ...finding, pages: [changed, ...others] }
  return failureSentence(trace, derived, told, changed)
}

function holder(change: Partial<Culprit>): Culprit {
  return { ...culprit, ...change }
}

test('holders that the evidence does not tell apart are all named, none accused', () => {
  const culprits = [
    holder({ anyOf: 2 }),
    holder({ anyOf: 2, rank: 2, comm: 'cat', pid: 61, function: 'do_tee', module: '' }),
  ]
  expect(sentenceOf({ culprits })).toContain(
    'held by any of 2 holders: drv-9 in leaky_grab [leaky], cat-61 in do_tee since',
  )
})

test('gets of one task in one function are told once', () => {
  const culprits = [holder({ anyOf: 2 }), holder({ anyOf: 2, rank: 2 })]
  expect(sentenceOf({ culprits })).toContain('held by drv-9 in leaky_grab [leaky] (any of 2 gets alike)')
})

test('a weak holder is only offered', () => {
  expect(sentenceOf({ culprits: [holder({ confidence: 0.3 })] })).toContain(': may be held by drv-9')
})

test('an unmovable page is allocated and freed, not held and released', () => {
  const sentence = sentenceOf({ verdict: 'unmovable', culprits: [holder({ class: 'allocation' })] })
  expect(sentence).toContain('cannot be moved, allocated by drv-9 in leaky_grab [leaky] at 1.200000')
  expect(sentence).toContain('not freed by the end of the trace')
  expect(sentence).not.toContain('held')
})

test('a holder without a stack is named by its task', () => {
  expect(sentenceOf({ culprits: [holder({ function: '', module: '', stack: -1 as Culprit['stack'] })] })).toContain(
    'held by drv-9 (no stack recorded)',
  )
})

test('a page without a holder says why', () => {
  expect(sentenceOf({ culprits: [], reason: 'its count is as migration expects.' })).toBe(
    'pfn 0x100 blocked [0x100, 0x200): its count is as migration expects.',
  )
})

test('other pages are counted, those of the same holder told apart', () => {
  const same = { ...page, pfn: 0x101 }
  const other = { ...page, pfn: 0x102, culprits: [holder({ comm: 'cat', pid: 61 })] }
  expect(sentenceOf({}, [other])).toMatch(/; 1 more page blocked it\.$/)
  expect(sentenceOf({}, [same])).toMatch(/; 1 more page blocked it, held by the same task in the same function\.$/)
  expect(sentenceOf({}, [same, other])).toMatch(/; 2 more pages blocked it, 1 of them held by the same task in /)
})

test('a range without a known page claims nothing', () => {
  expect(failureSentence(trace, derived, { ...finding, pages: [] })).toBe(
    '[0x100, 0x200) failed (contig) at 2.000000: these files do not tell which page blocked it.',
  )
})

test('a hold that begins after the failure says after', () => {
  const { time } = finding.range
  if (time === undefined) throw new Error('the told failure has a time')
  const late = (time + 12_000) as typeof time
  expect(sentenceOf({ culprits: [holder({ heldFrom: late })] })).toContain(
    'since 2.000012, 12.000 us after the failure',
  )
})

test.each([
  [1, 'very likely'],
  [0.9, 'very likely'],
  [0.89, 'likely'],
  [0.7, 'likely'],
  [0.4, 'possible'],
  [0.39, "can't tell"],
])('confidence %f is %s', (confidence, word) => {
  expect(confidenceWord(confidence)).toBe(word)
})
