import { GrowingBytes } from './growing-bytes.ts'
import { type MadeFile } from './made-file.ts'
import { type Entry } from './made-pages.ts'

/** Word sizes and byte order of the kernel that a story is told for. */
export interface Machine {
  readonly isLittle: boolean
  readonly longBytes: 4 | 8
}

const COMMON = `	field:unsigned short common_type;	offset:0;	size:2;	signed:0;
	field:unsigned char common_flags;	offset:2;	size:1;	signed:0;
	field:unsigned char common_preempt_count;	offset:3;	size:1;	signed:0;
	field:int common_pid;	offset:4;	size:4;	signed:1;
`

/** `name` and C type of each field, in order; sizes and places as a compiler lays them out. */
type Layout = readonly (readonly [type: string, name: string, size: number, isSigned: boolean])[]

function formatText(name: string, id: number, fields: Layout, print: string): string {
  let at = 8
  const lines = fields.map(([type, field, size, isSigned]) => {
    at = Math.ceil(at / size) * size
    const line = `	field:${type} ${field};	offset:${at};	size:${size};	signed:${isSigned ? 1 : 0};`
    at += size
    return line
  })
  return `name: ${name}\nID: ${id}\nformat:\n${COMMON}\n${lines.join('\n')}\n\nprint fmt: ${print}\n`
}

const refFields = (long: number, hasRet: boolean): Layout => [
  ['unsigned long', 'pfn', long, false],
  ['unsigned long', 'flags', long, false],
  ['int', 'count', 4, true],
  ['int', 'mapcount', 4, true],
  ['void *', 'mapping', long, false],
  ['int', 'mt', 4, true],
  ['int', 'val', 4, true],
  ...(hasRet ? ([['int', 'ret', 4, true]] as const) : []),
]

const FLAG_NAMES =
  'locked waiters referenced uptodate dirty lru active workingset owner_priv_1 owner_2 arch_1 reserved private private_2 ' +
  'writeback head reclaim swapbacked unevictable mlocked hwpoison'

function refPrint(hasRet: boolean): string {
  const names = FLAG_NAMES.split(' ').map((name) => `{ 1UL << PG_${name}, "${name}" }`)
  const flags = `(REC->flags & ((1UL << 21) - 1)) ? __print_flags(REC->flags & ((1UL << 21) - 1), "|", ${names.join(', ')}) : "none"`
  const ret = hasRet ? [' ret=%d', ', REC->ret'] : ['', '']
  return (
    `"pfn=0x%lx flags=%s count=%d mapcount=%d mapping=%p mt=%d val=%d${ret[0]}", REC->pfn, ${flags}, REC->count, ` +
    `REC->mapcount, REC->mapping, REC->mt, REC->val${ret[1]}`
  )
}

/** Ids of the events: as a kernel gives them at boot, in no order. */
const ID = {
  function: 1,
  stack: 4,
  userStack: 12,
  mod: 361,
  modUnless: 360,
  isolated: 353,
  cmaStart: 356,
  cmaFinish: 355,
  migrate: 331,
}

/** The kernel of the stories: its formats, symbols and tasks. */
export function madeKernel({ isLittle, longBytes }: Machine): Omit<MadeFile, 'version' | 'compression' | 'buffers'> {
  const size = 4096 - 8 - longBytes
  const wide = longBytes === 8
  return {
    isLittle,
    longBytes,
    pageBytes: 4096,
    headerPage:
      `	field: u64 timestamp;	offset:0;	size:8;	signed:0;\n	field: local_t commit;	offset:8;	size:${longBytes};	signed:1;\n` +
      `	field: int overwrite;	offset:8;	size:1;	signed:1;\n	field: char data;	offset:${8 + longBytes};	size:${size};	signed:0;\n`,
    ownFormats: [
      formatText(
        'function',
        ID.function,
        [
          ['unsigned long', 'ip', longBytes, false],
          ['unsigned long', 'parent_ip', longBytes, false],
        ],
        '" %ps <-- %ps", (void *)REC->ip, (void *)REC->parent_ip',
      ),
      formatText(
        'kernel_stack',
        ID.stack,
        [
          ['int', 'size', 4, true],
          ['unsigned long', 'caller[8]', longBytes, false],
        ],
        '"\\t=> %ps\\n", (void *)REC->caller[0]',
      ).replace(/(caller\[8\];.*size:)\d/, `$1${longBytes * 8}`),
      formatText('user_stack', ID.userStack, [['unsigned int', 'tgid', 4, false]], '"%d", REC->tgid'),
    ],
    eventFormats: [
      formatText('page_ref_mod', ID.mod, refFields(longBytes, false), refPrint(false)),
      formatText('page_ref_mod_unless', ID.modUnless, refFields(longBytes, true), refPrint(true)),
      formatText(
        'test_pages_isolated',
        ID.isolated,
        (['start_pfn', 'end_pfn', 'fin_pfn'] as const).map(
          (name) => ['unsigned long', name, longBytes, false] as const,
        ),
        '"start_pfn=0x%lx end_pfn=0x%lx fin_pfn=0x%lx ret=%s", REC->start_pfn, REC->end_pfn, REC->fin_pfn, REC->end_pfn <= REC->fin_pfn ? "success" : "fail"',
      ),
      formatText(
        'cma_alloc_start',
        ID.cmaStart,
        [
          ['__data_loc char[]', 'name', 4, false],
          ['unsigned long', 'count', longBytes, false],
          ['unsigned int', 'align', 4, false],
        ],
        '"name=%s count=%lu align=%u", __get_str(name), REC->count, REC->align',
      ),
      formatText(
        'cma_alloc_finish',
        ID.cmaFinish,
        [
          ['__rel_loc char[]', 'name', 4, false],
          ['unsigned long', 'pfn', longBytes, false],
          ['const struct page *', 'page', longBytes, false],
          ['unsigned long', 'count', longBytes, false],
          ['int', 'errorno', 4, true],
        ],
        '"name=%s pfn=0x%lx page=%p count=%lu errorno=%d", __get_rel_str(name), REC->pfn, REC->page, REC->count, REC->errorno',
      ),
      formatText(
        'mm_migrate_pages',
        ID.migrate,
        [
          ['unsigned long', 'succeeded', longBytes, false],
          ['unsigned long', 'failed', longBytes, false],
          ['enum migrate_mode', 'mode', 4, false],
          ['int', 'reason', 4, true],
        ],
        '"nr_succeeded=%lu nr_failed=%lu mode=%s reason=%s", REC->succeeded, REC->failed, __print_symbolic(REC->mode, {0, "MIGRATE_ASYNC"}, {1, "MIGRATE_SYNC_LIGHT"}, {2, "MIGRATE_SYNC"}), __print_symbolic(REC->reason, {0, "compaction"}, {6, "contig_range"})',
      ),
    ],
    kallsyms: wide
      ? '0000000000000000 A fixed_percpu_data\nffffffff812ae0c0 T __page_ref_mod\nffffffff812ae2a0 t trace_event_raw_event_page_ref_mod_template\nffffffff81223000 t __handle_mm_fault\nffffffffa0000070 t grab_ioctl\t[grab]\nffffffffa0000070 t $x\t[grab]\nffffffffa0000200 t grab_exit\t[grab]\n'
      : 'c12ae0c0 T __page_ref_mod\nc12ae2a0 t trace_event_raw_event_page_ref_mod_template\nc1223000 t __handle_mm_fault\nf8000070 t grab_ioctl\t[grab]\nf8000200 t grab_exit\t[grab]\n',
    commandLines: '1 init\n134 frame grabber\n41 kworker/1:1H-ev\n',
    options: [[5, new TextEncoder().encode('Linux lab 6.12.117-lab x86_64\0')]],
  }
}

/** Records of that kernel. */
export class MadeRecords {
  readonly #machine: Machine

  constructor(machine: Machine) {
    this.#machine = machine
  }

  /** Address of a function's inside, by the names in `madeKernel`. */
  address(name: 'mod' | 'template' | 'fault' | 'grab'): bigint {
    const low = { mod: 0x812ae0cen, template: 0x812ae2e3n, fault: 0x81223c83n, grab: 0xa000008en }[name]
    if (this.#machine.longBytes === 8) return 0xffffffff00000000n | low
    return name === 'grab' ? 0xf800008en : (low & 0x0fffffffn) | 0xc0000000n
  }

  ref(
    pid: number,
    pfn: number,
    count: number,
    val: number,
    more: { irq?: number; ret?: number; mapping?: bigint } = {},
  ): Uint8Array {
    const long = this.#machine.longBytes
    const mapping = more.mapping ?? (long === 8 ? 0xffff8880047e8ea1n : 0xc47e8ea1n)
    const out = this.#head(more.ret === undefined ? ID.mod : ID.modUnless, pid, more.irq)
    out.number(pfn, long).number(0x20828, long).u32(count).u32(0).number(mapping, long).u32(4).number(val, 4)
    if (more.ret !== undefined) out.u32(more.ret)
    return out.align(4).done()
  }

  stack(pid: number, frames: readonly ('mod' | 'template' | 'fault' | 'grab')[], irq?: number): Uint8Array {
    const long = this.#machine.longBytes
    const out = this.#head(ID.stack, pid, irq).u32(frames.length)
    if (long === 8) out.u32(0)
    for (const frame of frames) out.number(this.address(frame), long)
    return out.done()
  }

  isolated(pid: number, start: number, end: number, fin: number): Uint8Array {
    const long = this.#machine.longBytes
    return this.#head(ID.isolated, pid).number(start, long).number(end, long).number(fin, long).done()
  }

  cmaStart(pid: number, name: string, count: number): Uint8Array {
    const long = this.#machine.longBytes
    const out = this.#head(ID.cmaStart, pid)
    const fixed = long === 8 ? 28 : 20
    out.u32(((name.length + 1) << 16) | fixed)
    if (long === 8) out.u32(0)
    return out.number(count, long).u32(3).name(name).align(4).done()
  }

  cmaFinish(pid: number, name: string, pfn: number, count: number, errorno: number): Uint8Array {
    const long = this.#machine.longBytes
    const out = this.#head(ID.cmaFinish, pid)
    const end = long === 8 ? 44 : 28
    out.u32(((name.length + 1) << 16) | (end - 12))
    if (long === 8) out.u32(0)
    return out.number(pfn, long).number(0, long).number(count, long).number(errorno, 4).name(name).align(4).done()
  }

  migrate(pid: number, failed: number): Uint8Array {
    const long = this.#machine.longBytes
    return this.#head(ID.migrate, pid).number(3, long).number(failed, long).u32(2).u32(6).done()
  }

  /** A record of the tracer `function`. */
  function(pid: number, ip: 'mod' | 'template' | 'fault' | 'grab'): Uint8Array {
    const long = this.#machine.longBytes
    return this.#head(ID.function, pid).number(this.address(ip), long).number(this.address('fault'), long).done()
  }

  unknown(pid: number): Uint8Array {
    return this.#head(999, pid).u32(0).done()
  }

  #head(id: number, pid: number, irq = 0): GrowingBytes {
    return new GrowingBytes(this.#machine.isLittle).u16(id).u8(irq).u8(0).u32(pid)
  }
}

/** An entry of a record. */
export function record(delta: number, bytes: Uint8Array): Entry {
  return { kind: bytes.length > 112 ? 'long' : 'record', delta, bytes }
}
