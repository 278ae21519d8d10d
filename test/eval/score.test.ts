import { describe, expect, test } from 'vitest'
import { type PrintedCulprit, type PrintedReport } from '../../src/cli/eval/printed-report.ts'
import { scoreOf } from '../../src/cli/eval/score.ts'
import { type TrueCulprit, type Truth } from '../../src/cli/eval/truth.ts'

const HELD: TrueCulprit = {
  pfn: 0x101,
  head_pfn: 0x100,
  comm: 'drv',
  pid: 9,
  acceptable_functions: ['leaky_ioctl [leaky]', 'try_grab_folio'],
  kind: 'leak',
  put_stack: [],
}
const TRUTH: Truth = {
  scenario: 'told',
  trigger: 'cma',
  outcome: 'fail',
  failed_ranges: [{ start_pfn: 0x100, end_pfn: 0x200 }],
  culprits: [HELD],
  unmarked_pfns: [],
}
const RIGHT: PrintedCulprit = {
  rank: 1,
  headPfn: 0x100,
  comm: 'drv',
  pid: 9,
  function: 'leaky_ioctl [leaky]',
  stack: [],
  kind: 'leak',
  class: 'driver',
  heldFromNs: null,
  confidence: 0.9,
  anyOf: 1,
}
const OTHER: PrintedCulprit = { ...RIGHT, comm: 'app', pid: 7, function: 'other_get', confidence: 0.95 }

function reportOf(...failures: readonly (readonly PrintedCulprit[])[]): Pick<PrintedReport, 'failures'> {
  return {
    failures: failures.map((culprits, at) => ({
      id: String(at),
      trigger: 'cma',
      startPfn: 0x100,
      endPfn: 0x200,
      culprits,
    })),
  }
}

test('the range, the holder and its kind, matched by the head of the folio', () => {
  expect(scoreOf(TRUTH, reportOf([RIGHT]))).toMatchObject({
    ranges: 1,
    rangesFound: 1,
    pages: 1,
    pagesFound: 1,
    pagesExtra: 0,
    top1: 1,
    kindRight: 1,
    answers: [{ headPfn: 0x100, confidence: 0.9, isHeld: true, isRight: true }],
    misses: [],
    extras: [],
  })
})

test('a range of another trigger, or one page shorter, is not the one that failed', () => {
  const [failure] = reportOf([]).failures
  for (const other of [{ trigger: 'offline' }, { endPfn: 0x1ff }, { startPfn: 0x101 }])
    expect(scoreOf(TRUTH, { failures: [{ ...failure, ...other }] }).rangesFound).toBe(0)
})

test('any failed range of a capture in which nothing failed is a false one', () => {
  expect(scoreOf({ ...TRUTH, outcome: 'success', culprits: [] }, reportOf([], []))).toMatchObject({
    ranges: 0,
    falseRanges: 2,
  })
})

describe('the true holder is', () => {
  const isRight = (culprit: PrintedCulprit, truth: TrueCulprit = HELD): boolean =>
    scoreOf({ ...TRUTH, culprits: [truth] }, reportOf([culprit])).top1 === 1

  test('its task, whatever function is named', () => expect(isRight({ ...RIGHT, function: 'fput' })).toBe(true))
  test('one of its functions, with or without the module', () => {
    expect(isRight({ ...OTHER, function: 'leaky_ioctl' })).toBe(true)
    expect(isRight({ ...OTHER, function: 'try_grab_folio [leaky]' })).toBe(true)
    expect(isRight({ ...OTHER, function: 'leaky_ioctl_locked' })).toBe(false)
  })
  test('who gave it back', () => {
    expect(isRight(OTHER, { ...HELD, put_comm: 'app', put_pid: 7 })).toBe(true)
    expect(isRight(OTHER, { ...HELD, put_stack: ['other_get'] })).toBe(true)
  })
  test('nobody that the report does not name, also when it is not known who gave it back', () => {
    const nameless = { ...OTHER, comm: null, pid: null, function: null }
    expect(isRight(nameless, { ...HELD, put_comm: null, put_pid: null })).toBe(false)
  })
  test('not another task of the same name', () => expect(isRight({ ...OTHER, comm: 'drv', pid: 10 })).toBe(false))
})

test('the kind counts only of the right holder', () => {
  expect(scoreOf(TRUTH, reportOf([{ ...RIGHT, kind: 'transient' }]))).toMatchObject({ top1: 1, kindRight: 0 })
  expect(scoreOf(TRUTH, reportOf([OTHER]))).toMatchObject({ top1: 0, kindRight: 0 })
})

test('ranks tell who is first, not the order of printing', () => {
  const second = { ...RIGHT, rank: 2, confidence: 0.3 }
  expect(scoreOf(TRUTH, reportOf([second, OTHER]))).toMatchObject({ top1: 0, top3: 1, listed: 0, wrongButConfident: 1 })
  const untold = { ...OTHER, anyOf: 2 }
  expect(scoreOf(TRUTH, reportOf([untold, second])).listed).toBe(1)
})

test('the fourth holder of a page is not among the first three', () => {
  const four = [1, 2, 3].map((rank) => ({ ...OTHER, rank }))
  expect(scoreOf(TRUTH, reportOf([...four, { ...RIGHT, rank: 4 }])).top3).toBe(0)
})

test('a confident answer for somebody else is worse than none', () => {
  expect(scoreOf(TRUTH, reportOf([OTHER]))).toMatchObject({ pagesFound: 1, wrongButConfident: 1 })
  expect(scoreOf(TRUTH, reportOf([{ ...OTHER, confidence: 0.79 }]))).toMatchObject({ wrongButConfident: 0 })
  expect(scoreOf(TRUTH, reportOf([]))).toMatchObject({ pagesFound: 0, wrongButConfident: 0, answers: [] })
})

test('a page that nobody holds is extra, and false when confident; one that the truth leaves open is neither', () => {
  const elsewhere = { ...OTHER, headPfn: 0x150 }
  expect(scoreOf(TRUTH, reportOf([RIGHT, elsewhere]))).toMatchObject({
    pagesExtra: 1,
    falseCulprits: 1,
    answers: [{ isHeld: false, isRight: false }, { isRight: true }],
    extras: ['extra 0x150 app-7 other_get driver leak 0.95'],
  })
  expect(scoreOf({ ...TRUTH, unmarked_pfns: [0x150] }, reportOf([RIGHT, elsewhere]))).toMatchObject({
    pagesExtra: 0,
    falseCulprits: 0,
  })
})

test('of two failures that list a page the first counts', () => {
  expect(scoreOf(TRUTH, reportOf([RIGHT], [OTHER]))).toMatchObject({ top1: 1, wrongButConfident: 0 })
  expect(scoreOf(TRUTH, reportOf([OTHER], [RIGHT]))).toMatchObject({ top1: 0, wrongButConfident: 1 })
})
