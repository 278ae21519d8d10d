import { describe, expect, test } from 'vitest'
import { formatOf } from '../../src/formats/formats.ts'
import { headOf } from '../../src/formats/head.ts'
import { recognise } from '../../src/formats/recognised.ts'
import { type FormatId } from '../../src/model/source-file.ts'
import { bytesOf } from './read-bytes.ts'

const EVENT =
  '            init-1       [000] .....    26.116627: page_ref_mod: pfn=0x1fb7b flags=0x1 count=1 mapcount=0 mapping=0000000000000000 mt=4 val=1'
const OWNER =
  'Page allocated via order 0, mask 0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), pid 77, tgid 77 (poread), ts 26935284538 ns'

function lines(...text: readonly string[]): string {
  return `${text.join('\n')}\n`
}

const known: readonly (readonly [string, string, FormatId | undefined])[] = [
  ['a page_owner dump', lines(OWNER, 'PFN 0x1 type Movable Block 0 type CMA Flags 0x0()'), 'page_owner'],
  ['a dump that begins within a record', lines(' sym+0x1/0x2', '', OWNER), 'page_owner'],
  ['a dump in a mail', lines(`> ${OWNER}`), 'page_owner'],
  [
    'a record that dump_page printed',
    lines('[    1.0] page last allocated via order 0, migratetype Movable, gfp_mask 0x0()'),
    'dmesg',
  ],
  [
    'samples of perf script with call chains',
    lines(
      'cuda-EvtHandlr 31023 [000]  3244.976411:   page_pinner:page_pinner_put: pfn=0x13e473',
      '\tffffffff82511be4 __page_pinner_put+0x54 (vmlinux)',
    ),
    'perf_script',
  ],
  [
    'a page_pinner dump',
    lines('Failure detected at [  412.003521]', 'PFN 0x9f0bb0 Block 5088 count 3 mapcount 1 mapping 0x0 Flags 0x0()'),
    'page_pinner',
  ],
  ['a trace', lines('# tracer: nop', '#', EVENT), 'ftrace'],
  ['trace_pipe', lines(EVENT, ' => sym', EVENT), 'ftrace'],
  [
    'a trace that a panic printed into the log',
    lines('[    9.100000] Dumping ftrace buffer:', `[    9.100001] ${EVENT}`, `[    9.100002] ${EVENT}`),
    'dmesg',
  ],
  [
    'a trace in which printk was traced',
    lines('# tracer: nop', EVENT.replace(/page_ref_mod: .*/, 'console: [    1.000000] Linux version 6.1'), EVENT),
    'ftrace',
  ],
  ['a log', lines('[    0.000000] Linux version 6.12.0', '[    0.000001] Command line: quiet'), 'dmesg'],
  ['a log without times', lines('Linux version 6.12.0 (a@b)', 'Command line: quiet'), 'dmesg'],
  ['one message of a log', lines('alloc_contig_range: [1b3c00, 1b3e00) PFNs busy'), 'dmesg'],
  [
    'a dump_page block alone',
    lines('page:ffffea0000a06c40 count:3 mapcount:1 mapping:          (null) index:0x2'),
    'dmesg',
  ],
  [
    'a window in decimal',
    lines('start_pfn=56320 end_pfn=130048 (kpagecount.bin, kpageflags.bin: one u64 per pfn)'),
    'pfn_window',
  ],
  ['a window in hex', lines('start_pfn=0xdc00 end_pfn=0x1fc00'), 'pfn_window'],
  [
    'a list of page-types',
    lines('offset\tlen\tflags', 'dc00\t50\t___U_l_____Ma_b______x_____________________'),
    'page_types',
  ],
  [
    'a summary of page-types',
    lines('             flags\tpage-count       MB  symbolic-flags\t\t\tlong-symbolic-flags'),
    'page_types',
  ],
  ['pagetypeinfo', lines('Page block order: 9', 'Pages per block:  512'), 'pagetypeinfo'],
  ['zoneinfo', lines('Node 0, zone    DMA32', '  per-node stats', '      nr_inactive_anon 460'), 'zoneinfo'],
  [
    'buddyinfo',
    lines('Node 0, zone    DMA32      7      7      7      9      4      3      5     10      4      5    101 '),
    'machine_notes',
  ],
  ['meminfo', lines('MemTotal:         491668 kB', 'MemFree:          435476 kB'), 'machine_notes'],
  ['vmstat', lines('nr_free_pages 108859', 'compact_fail 3'), 'machine_notes'],
  ['a kernel version', lines('Linux version 6.12.0 (a@b) (gcc) #1 SMP'), 'machine_notes'],
  ['a command line', lines('console=ttyS0 page_owner=on'), 'machine_notes'],
  ['a number alone', '300000', 'machine_notes'],
  [
    'what trace-cmd record says',
    lines('CPU0 data recorded at offset=0x89000', '    14552 bytes in size (204800 uncompressed)'),
    'machine_notes',
  ],
  [
    'perf script text of a thread that perf cannot name',
    lines(
      'fio  67 [000]     5.695295: page_ref:page_ref_mod: pfn=0x5f4e1 flags=0x8 count=2 mapcount=0 mapping=(nil) mt=4 val=1',
      ':-1    -1 [000]     5.705295: page_ref:page_ref_mod: pfn=0x5f4e1 flags=0x8 count=1 mapcount=0 mapping=(nil) mt=4 val=-1',
    ),
    'perf_script',
  ],
  ['what perf record says', '[ perf record: Woken up 4 times to write data ]\n', 'machine_notes'],
  ['numbers', lines('1', '2'), undefined],
  ['iomem', lines('00001000-0009fbff : System RAM'), 'iomem'],
  ['kallsyms', lines('ffffffff81000000 T _text', 'ffffffffc0a1b2c3 t leaky_ioctl\t[leaky]'), 'kallsyms'],
  ['page_owner_stacks', lines(' prep_new_page+0xf7/0x120', 'nr_base_pages: 16', ''), 'page_owner_stacks'],
  ['page_owner_sort', lines('2 times, 2 pages:', OWNER, ' prep_new_page+0xf7/0x120'), 'page_owner_sort'],
  ['a count of something else', lines('3 times, 4 pages of it were lost'), undefined],
  ['prose about page allocation failure: order:0', lines('prose about', 'page allocation failure: order:0'), undefined],
  ['a list in brackets', lines('[1.5, 2.5]', '[3.5, 4.5]'), undefined],
  ['nothing', '', undefined],
]

test.each(known)('%s is told by its content', (_, text, format) => {
  expect(formatOf(headOf(bytesOf(text), true))?.id).toBe(format)
})

const recognised: readonly (readonly [string, string | Uint8Array])[] = [
  ['perf.data', 'PERFILE2xxxx'],
  ['zstd', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0)],
  ['xz', Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)],
  ['JSON', lines('{', '  "pfn": 1', '}')],
  ['gzip file in a gzip', Uint8Array.of(0x1f, 0x8b, 8, 0)],
]

describe('a file that is known but not read', () => {
  test.each(recognised)('%s is named', (name, content) => {
    const head = headOf(bytesOf(content), true)
    expect(formatOf(head)).toBeUndefined()
    expect(recognise(head)).toContain(name)
  })

  test('is not claimed of a text that is none of them', () => {
    expect(recognise(headOf(bytesOf('Dear all,\n\nplease find attached.\n'), true))).toBeUndefined()
  })
})
