import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { findFailures } from '../../src/queries/failures.ts'
import { findPageFacts } from '../../src/queries/page-facts.ts'
import { tellCapture } from '../support/tell-capture.ts'

const BUFFER = readFileSync(new URL('../fixtures/page-pinner/layout-d.txt', import.meta.url), 'utf8')
const trace = await tellCapture({ buffer: BUFFER })
const derived = derive(trace)

test('the facts of a page list what page_pinner recorded, with place, stack and duration as a lower bound', () => {
  const { isKnown, pinners } = findPageFacts(trace, derived, { pfn: 0x9f0bb0 })
  expect(isKnown).toBe(true)
  expect(pinners).toMatchObject([
    { kind: 'freed', timeText: '414.103521', durationText: '', place: { fileName: 'buffer', line: 1 } },
    { kind: 'put', timeText: '', durationText: 'at least 2.099 s', holder: 'gpu_unmap_user_pages [gpu]', count: 1 },
    { kind: 'failed', timeText: '412.003521', count: 3, mapcount: 1, place: { line: 23 } },
  ])
  expect(pinners[1].stack.frames.map((frame) => frame.isHolder)).toEqual([false, false, true, false])
})

test('a time that cannot be is no duration', () => {
  expect(findPageFacts(trace, derived, { pfn: 0x9f0bb1 }).pinners[0].durationText).toBe('')
})

test('another page has none', () => {
  expect(findPageFacts(trace, derived, { pfn: 0x9f0bb3 })).toMatchObject({ isKnown: false, pinners: [] })
})

test('the sentence says what the record says, and that no task is known', () => {
  const [failure] = findFailures(trace, derived).failures
  expect(failure.sentence).toBe(
    'pfn 0x9f0bb0 blocked [0x9f0bb0, 0x9f0bb1): may have been held by what put it in gpu_unmap_user_pages [gpu], held for at least 2.099 s, by the record of page_pinner; no task is recorded.',
  )
  expect(failure.culprit).toMatchObject({ heldText: 'put, held at least 2.099 s', task: { comm: '', pid: -1 } })
})

test('a get that lasted says when it was taken, in the clock of page_pinner', async () => {
  const capture = await tellCapture({
    longterm:
      'Page pinned ts 1200000 us count 1\nPFN 384 Block 0 type CMA Flags 0x0()\n __set_page_pinner+0x1/0x2\n drv_map+0x1/0x2 [drv]\n\n',
    failed:
      'Page pinned ts 2500000 us count 1\nPFN 384 Block 0 type CMA Flags 0x0()\n __page_pinner_put+0x1/0x2\n drv_done+0x1/0x2 [drv]\n\n',
  })
  const [failure] = findFailures(capture, derive(capture)).failures
  expect(failure.sentence).toContain('may be held by what took it in drv_map [drv] at 1.200000 of CLOCK_BOOTTIME')
  const { pinners } = findPageFacts(capture, derive(capture), { pfn: 384 })
  expect(pinners.map(({ kind, countText }) => `${kind}: ${countText}`)).toEqual(['get: 1 get seen', 'put: count 1'])
})

async function failuresOf(layout: string): Promise<ReturnType<typeof findFailures>['failures']> {
  const text = readFileSync(new URL(`../fixtures/page-pinner/${layout}.txt`, import.meta.url), 'utf8')
  const capture = await tellCapture({ file: text })
  return findFailures(capture, derive(capture)).failures
}

test('the allocation that found the page in the way is never its holder', async () => {
  const [failure] = await failuresOf('layout-c')
  expect(failure.sentence).toContain('may have been held by what put it in gpu_unmap_user_pages [gpu] at 4.567890')
  expect(failure.basis).toContain('page_pinner found the page in the way at 3.100000')
  expect(JSON.stringify(failure.culprit)).not.toMatch(/"function":"(cma_alloc|gpu_alloc_contiguous)"/)
})

test('a stack that page_pinner could not store names nobody', async () => {
  const failure = (await failuresOf('layout-b')).find(({ startPfn }) => startPfn === 9856947)
  expect(failure?.culprit).toBeUndefined()
  expect(failure?.sentence).not.toContain('init_page_pinner')
})

test('a ring that may have wrapped is said beside the records, also of a page that has none', async () => {
  const record = 'Page pinned for 300001 us\nPFN 1 Block 0 type CMA Flags 0x0()\n a+0x1/0x2\n\n'
  const full = await tellCapture({ longterm: record.repeat(4096) })
  const fullDerived = derive(full)
  for (const pfn of [1, 2]) {
    expect(findPageFacts(full, fullDerived, { pfn }).pinnerNotes).toEqual([
      'longterm has exactly 4096 records: the ring of page_pinner may have wrapped, and what it recorded before is then lost',
    ])
  }
  expect(findPageFacts(trace, derived, { pfn: 0x9f0bb0 }).pinnerNotes).toEqual([])
})
