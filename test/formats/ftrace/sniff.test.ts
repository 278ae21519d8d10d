import { describe, expect, test } from 'vitest'
import { type Head } from '../../../src/formats/format.ts'
import { ftrace } from '../../../src/formats/ftrace/ftrace.ts'

const EVENT = 'pfn=0x17ac9 flags=none count=1 mapcount=0 mapping=(nil) mt=4 val=1'

const OURS: Readonly<Record<string, string>> = {
  'a header without events': '# tracer: nop\n#\n# entries-in-buffer/entries-written: 0/0   #P:2\n',
  'the header of trace-cmd report': 'cpus=2\n',
  'the header of an old trace-cmd report': `version = 6\nCPU 1 is empty\ncpus=2\n bash-12 [001] 1.000001: page_ref_set: ${EVENT}\n`,
  'one event': `           <...>-9018  [004] ....    92.678375: page_ref_set: ${EVENT}\n`,
  'a stream that begins in the middle of a stack': ` => a\n => b\n     cat-13      [001] .....     1.000001: page_ref_mod: ${EVENT}\n =>c\n`,
  'a lost marker before an event': `CPU:1 [LOST 3 EVENTS]\n     cat-13      [001] .....     1.000001: page_ref_mod: ${EVENT}\n`,
  'latency-format lines without a header': `    init-1         1..... 267985us!: page_ref_mod: ${EVENT}\n`,
  'TGID columns': `            init-1       (      1) [001] .....     1.500230: page_ref_mod: ${EVENT}\n`,
  'lines without columns': `page_ref_mod: ${EVENT}\n<stack trace>\n => a\n`,
  'a byte order mark before the header': '\uFEFF# tracer: nop\n',
}

const FOREIGN: Readonly<Record<string, string>> = {
  nothing: '',
  page_owner:
    'Page allocated via order 0, mask 0x0(), pid 1, tgid 1 (init), ts 5 ns\nPFN 0x1000 type Movable Block 8 type Movable Flags 0x0()\n prep_new_page+0x1/0x2\n',
  dmesg: '[    0.000000] Linux version 6.12.0\n[    1.000000] page:ffffea00 refcount:3 mapcount:1 pfn:0x17ac9\n',
  'dmesg with a dumped trace': `[  309.1] ---------------------------------\n[  309.2]    <...>-5263      3..... 276242022us : page_ref_mod: ${EVENT}\n`,
  JSON: '{"traceEvents": [{"name": "page_ref_mod", "pid": 1}]}\n',
  'perf script': `cuda-EvtHandlr 31023 [000]  3244.976411: page_ref:page_ref_mod: ${EVENT}\n\tffffffff82511be4 a+0x54 ([kernel.kallsyms])\n`,
  'perf script with a dash in the comm': `kworker/u4:1-12 31023 [000]  3244.976411: page_ref:page_ref_mod: ${EVENT}\n`,
  'page-types':
    '             flags\tpage-count       MB  symbolic-flags\n0x0000000000000000\t     12345       48  ____\n',
  kallsyms: 'ffffffff81000000 T _stext\nffffffff81176659 t get_page_from_freelist\n',
  'prose about a trace': `I saw this in the trace:\nand then this\nwhat could it be\nbest regards\n bash-12 [001] 1.000001: page_ref_set: ${EVENT}\n`,
}

describe('sniff says yes to', () => {
  test.each(Object.entries(OURS))('%s', (_, text) => {
    expect(ftrace.sniff(headOf(text))).toBe(true)
  })
})

describe('sniff says no to', () => {
  test.each(Object.entries(FOREIGN))('%s', (_, text) => {
    expect(ftrace.sniff(headOf(text))).toBe(false)
  })
})

function headOf(text: string): Head {
  const lines = text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined)
  return { bytes: new TextEncoder().encode(text), lines, isWhole: true }
}
