import { expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { type OwnerAnswer } from '../../src/queries/page-facts.ts'
import { findPageFacts } from '../../src/queries/page-facts.ts'
import { findStackTotals, type StackTotalAnswer } from '../../src/queries/stack-totals.ts'
import { type Trace } from '../../src/model/trace.ts'
import { tellCapture } from '../support/tell-capture.ts'

const STACK = ' leaky_grab+0x2d/0x5e [leaky]\n leaky_ioctl+0x2a/0x2a7 [leaky]\n'
const OTHER = ' other_grab+0x2d/0x5e\n'

const record = (
  pfn: string,
  body: string,
): string => `Page allocated via order 1, mask 0xcc0(GFP_KERNEL), pid 7, ts 5 ns
PFN ${pfn} type Unmovable Block 1 type Movable Flags 0x0()
${body}Charged to memcg /

`

function ownerOf(trace: Trace, pfn: number): OwnerAnswer {
  return findPageFacts(trace, derive(trace), { pfn }).owners[0]
}

function totalsOf(trace: Trace, source: string): readonly StackTotalAnswer[] {
  return findStackTotals(trace, { source, filter: '', sort: 'pages', isDescending: true, offset: 0, limit: 9 }).rows
}

test('a record that gives only a handle has the stack that show_stacks_handles gives it, whichever file comes first', async () => {
  const dump = record('0x200', 'handle: 12\n')
  const names = `${STACK}handle: 12\n\n`
  for (const files of [
    { dump, names },
    { names, dump },
  ]) {
    const owner = ownerOf(await tellCapture(files), 0x200)
    expect(owner).toMatchObject({ holder: 'leaky_grab [leaky]', notRecorded: '' })
    expect(owner.stack.frames.map(({ symbol }) => symbol)).toEqual(['leaky_grab', 'leaky_ioctl'])
  }
})

test('a record with a stack and its handle explains the handle to other records and to totals', async () => {
  const trace = await tellCapture({
    dump: record('0x200', `${STACK}handle: 12\n`) + record('0x202', 'handle: 12\n'),
    totals: 'handle: 12\nnr_base_pages: 4\n\n',
  })
  expect(ownerOf(trace, 0x203)).toMatchObject({ holder: 'leaky_grab [leaky]', total: { pages: 4 } })
  expect(totalsOf(trace, 'dump')).toMatchObject([{ allocator: 'leaky_grab [leaky]', pages: 4, blocks: 2, handle: 12 }])
  expect(totalsOf(trace, 'totals')).toMatchObject([{ allocator: 'leaky_grab [leaky]', pages: 4, handle: 12 }])
})

test('a handle that no file explains names nobody, and still leads to its total', async () => {
  const trace = await tellCapture({
    dump: record('0x200', 'handle: 12\n') + record('0x202', 'handle: 13\n') + record('0x204', 'handle: 12\n'),
    totals: 'handle: 12\nnr_base_pages: 5\n\n',
  })
  expect(ownerOf(trace, 0x200)).toMatchObject({
    holder: '',
    notRecorded: 'the files do not tell which stack handle 12 is',
    total: { pages: 5, place: { fileName: 'totals', line: 1 } },
  })
  expect(totalsOf(trace, 'dump').map(({ handle, pages, blocks }) => [handle, pages, blocks])).toEqual([
    [12, 4, 2],
    [13, 2, 1],
  ])
  expect(trace.files[0].notices.join()).toContain('show_stacks_handles of the same boot')
})

test('a handle that two files explain differently is of two boots, and names nobody', async () => {
  const trace = await tellCapture({
    dump: record('0x200', 'handle: 12\n'),
    before: `${STACK}handle: 12\n\n`,
    after: `${OTHER}handle: 12\n\n${STACK}handle: 14\n\n`,
  })
  expect(ownerOf(trace, 0x200)).toMatchObject({ holder: '', notRecorded: expect.stringContaining('handle 12') })
})
