import { describe, expect, test } from 'vitest'
import { distinctNames } from '../../src/bridge/distinct-names.ts'
import { derive } from '../../src/derive/derive.ts'
import { cmaPlaceOf } from '../../src/formats/machine/cma-path.ts'
import { type Source } from '../../src/formats/source.ts'
import { findPageFacts } from '../../src/queries/page-facts.ts'
import { crlf, filesOf, gz, sourceOf, traceOf } from './read-bytes.ts'

/** The files of an area as debugfs prints them: synthetic, after mm/cma_debug.c. */
function areaFiles(folder: string, base: number, change: (text: string) => string | Uint8Array = (t) => t): Source[] {
  const texts = {
    base_pfn: `${base}\n`,
    count: '128\n',
    order_per_bit: '1\n',
    used: '10\n',
    maxchunk: '100\n',
    bitmap: '7 2147483649 \n',
  }
  return Object.entries(texts).map(([name, text]) => sourceOf(change(text), `${folder}/${name}`))
}

const AREA = {
  name: 'camera',
  startPfn: 0xdc00,
  endPfn: 0xdc80,
  sizeBasis: 'count',
  used: 10,
  maxChunk: 100,
  allocated: [
    { startPfn: 0xdc00, endPfn: 0xdc06 },
    { startPfn: 0xdc40, endPfn: 0xdc42 },
    { startPfn: 0xdc7e, endPfn: 0xdc80 },
  ],
}

describe('the debugfs files of a CMA area', () => {
  test.each(['cma/camera', 'dump/sys/kernel/debug/cma/camera', 'cma/cma-camera', 'camera'])(
    'in the folder %s make one area',
    async (folder) => {
      const trace = await traceOf(areaFiles(folder, 0xdc00))
      expect(trace.machine.cmaAreas).toMatchObject([AREA])
      expect(trace.files.map(({ format }) => format)).toEqual(Array.from({ length: 6 }, () => 'cma'))
      for (const { ledger } of trace.files) expect(ledger).toEqual({ total: 1, parsed: 1, skipped: 0, rejected: 0 })
    },
  )

  test.each([
    ['CRLF', crlf],
    ['gzip', gz],
  ])('are read the same with %s', async (_, change) => {
    expect((await traceOf(areaFiles('cma/camera', 0xdc00, change))).machine.cmaAreas).toMatchObject([AREA])
  })

  test('say where a page lies and whether CMA gave it out', async () => {
    const trace = await traceOf(areaFiles('cma/camera', 0xdc00))
    const at = (pfn: number): readonly string[] =>
      findPageFacts(trace, derive(trace), { pfn }).whereabouts.map(({ text }) => text)
    expect(at(0xdc05)).toEqual(['CMA area camera [0xdc00, 0xdc80), allocated by CMA'])
    expect(at(0xdc06)).toEqual(['CMA area camera [0xdc00, 0xdc80), not allocated by CMA'])
    expect(at(0xdc80)).toEqual([])
  })

  test('of an area with several ranges are kept apart, links to the first told once', async () => {
    const trace = await traceOf([
      sourceOf('56320\n', 'cma/big/base_pfn'),
      sourceOf('256\n', 'cma/big/count'),
      sourceOf('56320\n', 'cma/big/ranges/0/base_pfn'),
      sourceOf('0 0 \n', 'cma/big/ranges/0/bitmap'),
      sourceOf('90112\n', 'cma/big/ranges/1/base_pfn'),
      sourceOf('0 1 \n', 'cma/big/ranges/1/bitmap'),
    ])
    expect(trace.machine.cmaAreas).toMatchObject([
      { startPfn: 56320, endPfn: 56384, sizeBasis: 'bitmap' },
      { startPfn: 90112, endPfn: 90176, sizeBasis: 'bitmap', allocated: [{ startPfn: 90144, endPfn: 90145 }] },
    ])
  })

  test('are not taken for what a text of another kind says under the same name', async () => {
    const [file] = await filesOf([
      sourceOf('page_ref_mod: pfn=0x1 flags=lru count=2 mapcount=0 mapping=0 mt=1 val=1\n', 'cma/camera/count'),
    ])
    expect(file.format).toBe('ftrace')
    const [number] = await filesOf([sourceOf('128\n', 'count')])
    expect(number.format).toBe('machine_notes')
  })

  test('keep their folder in their names, whatever else is loaded', () => {
    expect(distinctNames(['base_pfn', 'trace.txt'], ['cma/camera/base_pfn', 'a/trace.txt'])).toEqual([
      'camera/base_pfn',
      'trace.txt',
    ])
    expect(cmaPlaceOf('camera/base_pfn')).toMatchObject({ area: 'camera', field: 'base_pfn', range: 0 })
  })
})

test('the counters of sysfs are kept as text with the name of their area', async () => {
  const trace = await traceOf([
    sourceOf('12\n', 'sys/kernel/mm/cma/camera/alloc_pages_fail'),
    sourceOf('900\n', 'sys/kernel/mm/cma/camera/alloc_pages_success'),
  ])
  expect(trace.machine.texts.map(({ text }) => text)).toEqual([
    'CMA area camera: alloc_pages_fail 12',
    'CMA area camera: alloc_pages_success 900',
  ])
})

describe('a CMA failure of which the log names only the area', () => {
  const log = (area: string): Source =>
    sourceOf(
      `[    3.000001] cma: Reserved 16 MiB at 0x0000000040000000\n[    9.000001] cma: cma_alloc: ${area}: alloc failed, req-size: 32 pages, ret: -16\n`,
      'dmesg.txt',
    )
  const areas = [...areaFiles('cma/camera', 0xdc00), ...areaFiles('cma/isp', 0x9000)]

  test('has the range that debugfs gives that name', async () => {
    const trace = await traceOf([log('isp'), ...areas])
    expect(derive(trace).findings.map(({ range }) => range)).toMatchObject([
      { trigger: 'cma', startPfn: 0x9000, endPfn: 0x9080, basis: expect.stringContaining('CMA area isp') as string },
    ])
  })

  test('has the name that debugfs cut', async () => {
    const trace = await traceOf([log('camera-secure-heap'), ...areaFiles('cma/cma-camera-secu', 0xdc00)])
    expect(derive(trace).findings.map(({ range }) => range.startPfn)).toEqual([0xdc00])
  })

  test('has the only area of the boot log where debugfs does not know the name', async () => {
    const trace = await traceOf([log('other'), ...areas])
    expect(derive(trace).findings.map(({ range }) => range.startPfn)).toEqual([0x40000])
  })

  test('of two areas are two failures', async () => {
    const trace = await traceOf(
      [log('isp'), log('camera'), ...areas].map((s, at) => ({ ...s, name: at > 1 ? s.name : `${at}.txt` })),
    )
    expect(
      derive(trace)
        .findings.map(({ range }) => range.startPfn)
        .sort((a, b) => a - b),
    ).toEqual([0x9000, 0xdc00])
  })
})
