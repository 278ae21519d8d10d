import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { perfScript } from '../../../src/formats/perf-script/perf-script.ts'
import { toldTrace } from '../../support/told-trace.ts'
import { traceFromBytes } from '../../support/trace-from-text.ts'
import { bothWays, packedBothWays } from '../in-parts.ts'

/** What stands in front of an event, by what -F asks for. */
const COLUMNS: Readonly<Record<string, (comm: string, pid: number, cpu: string, time: string) => string>> = {
  usual: (comm, pid, cpu, time) => `${comm.padEnd(15)} ${String(pid).padStart(5)} [${cpu}] ${time.padStart(13)}: `,
  'pid and period': (comm, pid, cpu, time) => `${comm.padStart(16)} ${pid}/${pid + 1} [${cpu}] ${time}:          1 `,
  misc: (comm, pid, cpu, time) => `${comm} ${pid} [${cpu}] K    ${time}: `,
  'no task': (_comm, _pid, cpu, time) => `[${cpu}] ${time.padStart(13)}: `,
  'no cpu': (comm, pid, _cpu, time) => `${comm.padEnd(15)} ${pid} ${time}: `,
  'no time': (comm, pid, cpu) => `${comm} ${pid} [${cpu}] `,
}

const ADDRESS = 'ffffffff8125'
const CHAINS: readonly (readonly string[])[] = [
  [],
  [`\t${ADDRESS}aaaa __page_ref_mod+0x40 ([kernel.kallsyms])`, `\t${ADDRESS}bbbb try_grab_folio+0x1f ([leaky])`],
  [`\t${ADDRESS}aaaa __page_ref_mod ([kernel.kallsyms])`, '\t    7f00deadbeef main (/usr/bin/cat)'],
  [`\t${ADDRESS}cccc`, `\t${ADDRESS}dddd`],
  [
    `        ${ADDRESS}cccc follow_page+0x7 ([kernel.kallsyms])`,
    '  mm/gup.c:612',
    `        ${ADDRESS}eeee gup_fast (inlined)`,
  ],
  ['\t    7f00deadbeef [unknown] (/usr/lib/libc.so.6)'],
]

const EVENTS: readonly string[] = [
  'page_ref:page_ref_mod: pfn=0x1f21a flags=uptodate|lru count=2 mapcount=0 mapping=000000006a332317 mt=1 val=1',
  'page_ref:page_ref_mod: pfn=0x1f21b flags=uptodate|lru count=1 mapcount=0 mapping=000000006a332317 mt=1 val=-1',
  'page_ref:page_ref_mod_and_test: pfn=0x77 flags= count=0 mapcount=0 mapping=(nil) mt=1 val=-1 ret=1',
  'page_pinner:page_pinner_put: pfn=0x9 flags=dirty count=1 mapcount=0 mapping=(nil) mt=4',
  'kmem:mm_page_alloc: page=0xffffea pfn=0x1f21a order=0 migratetype=1 gfp_flags=GFP_KERNEL',
  'cycles:ppp: ',
  'cpu/event=0x3c/u: ',
  'page_ref:page_ref_mod: pfn=0x1f21a flags=uptodate',
  'page_ref:page_ref_mod: pfn=0x1f21a flags=lru count=z mapcount=0 mapping=(nil) mt=1 val=1',
  'page_ref:page_ref_mod: ',
  'cma:cma_alloc_start: name=cma0',
  'PERF_RECORD_LOST lost 12',
  'PERF_RECORD_COMM: cat:7/7',
]

const LINES: readonly string[] = [
  '# os release : 6.12.0',
  '# clockid: monotonic (1)',
  '# a comment',
  '[snip]',
  'Processed 90 events and lost 2 chunks!',
  'PERF_RECORD_FINISHED_ROUND',
  'count=2 mapcount=0 mapping=(nil) mt=1 val=1',
  'no line of perf',
  '> \tffffffff8125ffff quoted_frame+0x1 ([kernel.kallsyms])',
  `\t${ADDRESS}abcd stray+0x1 ([kernel.kallsyms])`,
  '',
]

const sample = fc.record({
  comm: fc.constantFrom(
    'cat',
    'kworker/0:1-ev',
    'a b [3] ',
    '1.5: cma:x: [0]',
    'naïve',
    'VM:   77 VCPU:001 cat',
    'VM:12345',
  ),
  pid: fc.constantFrom(0, 7, 31_023),
  cpu: fc.constantFrom('000', '003'),
  step: fc.constantFrom(0, 1, 250, -3),
  event: fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(EVENTS.length - 1) }),
  chain: fc.constantFrom(...CHAINS),
  hasBlank: fc.constantFrom(true, true, true, false),
  behind: fc.oneof(
    { weight: 12, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...LINES) },
  ),
})
type Sample = typeof sample extends fc.Arbitrary<infer T> ? T : never

interface Style {
  readonly columns: string
  readonly digits: 6 | 9
  readonly startUs: number
  readonly lineEnd: '\n' | '\r\n'
}
const style: fc.Arbitrary<Style> = fc.record({
  columns: fc.constantFrom('usual', 'usual', ...Object.keys(COLUMNS)),
  digits: fc.constantFrom(6, 9),
  startUs: fc.constantFrom(0, 3_244_976_411),
  lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
})

function textOf(samples: readonly Sample[], { columns, digits, startUs, lineEnd }: Style): string {
  let us = startUs
  const lines = samples.flatMap(({ comm, pid, cpu, step, event, chain, hasBlank, behind }) => {
    const time = `${Math.floor(us / 1e6)}.${String(us % 1e6).padStart(6, '0')}${'0'.repeat(digits - 6)}`
    us = Math.max(0, us + step)
    const line = `${COLUMNS[columns](comm, pid, cpu, time)}${EVENTS[event]}`
    return [line, ...chain, ...(hasBlank ? [''] : []), ...(behind === undefined ? [] : [behind])]
  })
  return lines.map((line) => line + lineEnd).join('')
}

/** Texts of samples in one style, cut off somewhere near the end. */
const text = fc
  .tuple(fc.array(sample, { minLength: 5, maxLength: 60 }), style, fc.nat(90))
  .map(([samples, told, cut]) => textOf(samples, told).slice(0, -cut || undefined))

test.prop([text, fc.integer({ min: 60, max: 3000 })], { numRuns: 150 })(
  'samples that are read in parts by others give what they give as a whole',
  async (told, shardBytes) => void (await bothWays(told, shardBytes)),
)

test.prop([text, fc.integer({ min: 60, max: 1500 })], { numRuns: 60 })(
  'also where they come packed, and threads are lost with their bytes',
  async (told, shardBytes) => void (await packedBothWays(told, shardBytes, (read) => read % 3 === 1)),
)

test.prop([text, fc.integer({ min: 1, max: 200 })], { numRuns: 100 })(
  'and what is guessed is what is read where no text is long enough to guess it',
  (told, size) => {
    const bytes = new TextEncoder().encode(told)
    expect(toldTrace(traceFromBytes(bytes, perfScript, 'a', size))).toEqual(
      toldTrace(traceFromBytes(bytes, perfScript)),
    )
  },
)

test('parts of plain samples are read elsewhere, but for those that only the whole can tell', async () => {
  const plain: Sample = {
    comm: 'cat',
    pid: 7,
    cpu: '000',
    step: 1,
    event: 0,
    chain: CHAINS[1],
    hasBlank: true,
    behind: undefined,
  }
  const usual: Style = { columns: 'usual', digits: 6, startUs: 5_000_000, lineEnd: '\n' }
  const many = textOf(
    Array.from({ length: 60 }, () => plain),
    usual,
  )
  const counts = await bothWays(many, 1000)
  expect(counts.read).toBeGreaterThan(20)
  expect(counts.refused).toBe(0)
  const told = await bothWays(`${many}Processed 9 events and lost 1 chunks!\n${many}`, 1000)
  expect(told.read).toBeGreaterThan(40)
  expect(told.refused).toBe(2) // of a plain file, and of one that comes in pieces
})
