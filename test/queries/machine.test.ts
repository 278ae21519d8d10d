import { expect, test } from 'vitest'
import { findMachineFacts } from '../../src/queries/machine-answer.ts'
import { type Trace } from '../../src/model/trace.ts'
import { sourceOf, traceOf } from '../formats/read-bytes.ts'

const FILES = {
  'uname.txt': 'Linux lab 6.12.9-lab #1 SMP PREEMPT Sat Nov 21 06:00:00 UTC 2026 x86_64 GNU/Linux\n',
  'pagetypeinfo.txt':
    'Page block order: 9\nPages per block:  512\n\nNumber of blocks type     Unmovable      Movable  Reclaimable   HighAtomic          CMA      Isolate \nNode 0, zone   Normal            4          200            2            0            8            0 \n',
  'buddyinfo.txt':
    'Node 0, zone   Normal      1      2      5      5     17      7      6      7      3      6    718 \n',
  'zoneinfo.txt':
    'Node 0, zone   Normal\n  pages free     1\n        spanned  4096\n        present  4000\n        managed  3900\n        cma      128\n  start_pfn:           4096\n',
  'iomem.txt': '00100000-0dbfffff : System RAM\n',
  'cma/camera/base_pfn': '56320\n',
  'cma/camera/count': '128\n',
  'cma/camera/used': '10\n',
}

const trace = await traceOf(Object.entries(FILES).map(([name, text]) => sourceOf(text, name)))

function shown(of: Trace, filter = ''): readonly string[] {
  return findMachineFacts(of, { filter, offset: 0, limit: 100 }).rows.map(
    ({ name, text, place }) => `${name}: ${text}${place === undefined ? '' : ` ${place.fileName}:${place.line}`}`,
  )
}

test('what the files tell of the machine is one list, each fact with its line', () => {
  expect(shown(trace)).toEqual([
    'kernel: 6.12.9-lab uname.txt:1',
    'pageblock: order 9: 512 pages pagetypeinfo.txt:1',
    'migratetypes: 0 Unmovable, 1 Movable, 2 Reclaimable, 3 HighAtomic, 4 CMA, 5 Isolate pagetypeinfo.txt:4',
    'pageblocks: node 0 Normal: 4 Unmovable, 200 Movable, 2 Reclaimable, 8 CMA pagetypeinfo.txt:5',
    'free, order 0 up: Node 0, zone Normal 1 2 5 5 17 7 6 7 3 6 718 buddyinfo.txt:1',
    'zone: node 0 Normal [0x1000, 0x2000), 4096 pages, 4000 present, 3900 managed, 128 of CMA zoneinfo.txt:1',
    'CMA area: camera [0xdc00, 0xdc80), 128 pages, 10 allocated cma/camera/base_pfn:1',
    'System RAM: [0x100, 0xdc00), 56064 pages iomem.txt:1',
  ])
})

test('facts are found by any word of them, and come in windows', () => {
  expect(shown(trace, 'cma')).toHaveLength(4)
  expect(findMachineFacts(trace, { filter: '', offset: 2, limit: 1 })).toMatchObject({
    total: 8,
    offset: 2,
    rows: [{ name: 'migratetypes' }],
  })
})

test('a capture that tells nothing of its machine has no facts', async () => {
  expect(
    shown(await traceOf([sourceOf('[    1.000000] hello\n[    2.000000] Offlined Pages 1\n', 'dmesg.txt')])),
  ).toEqual([])
})

test('a kernel of another boot among the files is said to be one', async () => {
  const other = sourceOf(FILES['uname.txt'].replace('6.12.9-lab', '6.1.2-lab'), 'other.txt')
  const two = await traceOf([sourceOf(FILES['uname.txt'], 'uname.txt'), other])
  expect(shown(two)).toEqual([
    'kernel: 6.12.9-lab uname.txt:1',
    'other kernel: 6.1.2-lab: a file of another boot other.txt:1',
  ])
})
