import { describe, expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { findKernelNotes, type KernelNotesQuestion } from '../../src/queries/kernel-notes.ts'
import { readOverview } from '../../src/queries/overview.ts'
import { statsText } from '../../src/report/stats-text.ts'
import { sourceOf, traceOf } from '../formats/read-bytes.ts'

const LOG = [
  '[    0.010000] cma: Reserved 16 MiB at 0x0000000010000000',
  '[    5.000001] HugeTLB: allocating 2 of page size 1.00 GiB failed.  Only allocated 1 hugepages.',
  '[    6.000001] stress-ng: page allocation failure: order:9, mode:0xcc0(GFP_KERNEL), nodemask=(null)',
  '[    6.000002] CPU: 1 PID: 77 Comm: stress-ng Not tainted 6.1.0 #1',
  '[    6.000003] Call Trace:',
  '[    6.000004]  dump_stack_lvl+0x34/0x48',
  '[    6.000005]  warn_alloc+0x13a/0x1b0',
  '[    6.000006]  grab_buffers+0x20/0x60 [grabber]',
  '[    7.000001] Offlined Pages 32768',
  '[    8.000001] migrating pfn 28005 failed ret:1',
  '[    8.000002] page: refcount:3 mapcount:0 mapping:0000000000000000 index:0x0 pfn:0x28005',
  '[    8.000003] flags: 0x100000000000000(node=0|zone=1)',
  '[    8.000004] raw: 0100000000000000 dead000000000100 dead000000000122 0000000000000000',
  '[    8.000005] page dumped because: migration failure',
  '',
].join('\n')

const ALL: KernelNotesQuestion = { kind: '', filter: '', offset: 0, limit: 100 }

const trace = await traceOf([sourceOf(LOG, 'dmesg.txt')])
const shown = (question: Partial<KernelNotesQuestion>): readonly string[] =>
  findKernelNotes(trace, { ...ALL, ...question }).rows.map(
    ({ timeText, label, text, place }) => `${place.fileName}:${place.line} ${timeText} ${label}: ${text}`,
  )

describe('messages of the kernel log', () => {
  test('are told in their order, those without a page too', () => {
    expect(shown({})).toEqual([
      'dmesg.txt:1 0.010000 CMA area reserved: CMA area [0x10000, 0x11000) reserved',
      'dmesg.txt:2 5.000001 huge pages missing: 1 of 2 huge pages of 1.00 GiB allocated',
      'dmesg.txt:3 6.000001 page allocation failed: stress-ng: page allocation of order 9 failed, mode 0xcc0(GFP_KERNEL)',
      'dmesg.txt:9 7.000001 memory offlined: 32768 pages went offline',
      'dmesg.txt:10 8.000001 migration failed: migrating pfn 0x28005 failed, ret 1',
      'dmesg.txt:11 8.000002 page dump: pfn 0x28005 has 3 references and 0 mappings: migration failure',
    ])
  })

  test('are found by kind, and by any word of what is shown', () => {
    expect(shown({ kind: 'offlined' })).toHaveLength(1)
    expect(shown({ filter: 'GRABBER' })).toHaveLength(1)
    expect(shown({ filter: '0x28005' })).toHaveLength(2)
    expect(shown({ filter: '8.00000', kind: 'page_dump' })).toHaveLength(1)
    expect(shown({ filter: 'no such word' })).toEqual([])
  })

  test('carry the call trace that the kernel printed, no frame of it marked as a holder', () => {
    const [row] = findKernelNotes(trace, { ...ALL, kind: 'alloc_failed' }).rows
    expect(row.stacks).toMatchObject([
      { words: 'call trace: who asked for the pages', place: { fileName: 'dmesg.txt', line: 4 } },
    ])
    const { frames } = row.stacks[0].stack
    expect(frames.map(({ symbol }) => symbol)).toEqual(['dump_stack_lvl', 'warn_alloc', 'grab_buffers'])
    expect(frames.some(({ isHolder }) => isHolder)).toBe(false)
  })

  test('name the page they are about', () => {
    const { rows } = findKernelNotes(trace, ALL)
    expect(rows.map(({ pfn }) => pfn)).toEqual([undefined, undefined, undefined, undefined, 0x28005, 0x28005])
  })

  test('come in windows, and are counted over all of them', () => {
    const { kinds, total, offset, rows } = findKernelNotes(trace, { ...ALL, kind: 'page_dump', offset: 0, limit: 0 })
    expect({ total, offset, rows }).toEqual({ total: 1, offset: 0, rows: [] })
    expect(kinds.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1, 1])
    expect(shown({ offset: 4, limit: 1 })).toEqual([expect.stringContaining('migrating pfn')])
  })

  test('are counted by kind in the statistics', () => {
    const text = statsText({ overview: readOverview(trace, derive(trace)), readMs: 1, deriveMs: 1, peakBytes: 1 })
    expect(text).toContain('Kernel messages: 6\n   1  CMA area reserved\n')
    expect(text).toContain('   1  huge pages missing\n')
  })
})

test('what page_owner says of itself when the kernel starts is told', async () => {
  const boot = [
    '[    0.100000] page_owner is disabled',
    '[    0.200000] Node 0, zone    DMA32: page owner found early allocated 2386 pages',
    '',
  ].join('\n')
  const { rows } = findKernelNotes(await traceOf([sourceOf(boot, 'boot.txt')]), ALL)
  expect(rows.map(({ label, text, place }) => `${place.line} ${label}: ${text}`)).toEqual([
    '1 page_owner disabled: page_owner is disabled: the kernel records no allocations',
    '2 page_owner began late: page_owner began after 2386 pages of node 0 DMA32 were allocated: their stacks are not recorded',
  ])
})
