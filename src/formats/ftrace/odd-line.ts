import { CPU_LIMIT } from '../../model/kernel-limits.ts'

/** What a line without the columns of an event says. */
export type OddLine =
  | { readonly kind: 'skip'; readonly why: string }
  /** A new segment: the header of another `cat trace`. */
  | { readonly kind: 'tracer'; readonly name: string }
  /** A flag column that the header names, from the left; `isIrq` for that of the irq context. */
  | { readonly kind: 'legend'; readonly isIrq: boolean }
  /** `/* page_ref_mod: … ` inside a graph of functions. */
  | { readonly kind: 'graph-event' }
  /** The kernel's release, which the header of latency-format tells. */
  | { readonly kind: 'release'; readonly release: string }
  | { readonly kind: 'overrun'; readonly count: number }
  | { readonly kind: 'start'; readonly cpu: number }
  /** `cpu` is -1 and `count` -1 when not told. */
  | { readonly kind: 'lost'; readonly cpu: number; readonly count: number }
  /** `[snip]`, `...`: whoever quoted the trace left lines out. */
  | { readonly kind: 'cut' }
  /** An entry printed with the option raw or hex: its type is a number. */
  | { readonly kind: 'raw' }
  | { readonly kind: 'unknown' }

interface Rule {
  readonly pattern: RegExp
  readonly read: (match: RegExpExecArray) => OddLine
}

const skip = (why: string) => (): OddLine => ({ kind: 'skip', why })

/** Lines of kernel/trace/trace.c, trace_output.c and trace-cmd that are no entry; the first rule that fits counts. */
const RULES: readonly Rule[] = [
  { pattern: /^\s*$/, read: skip('blank') },
  {
    // print_event_info() and test_cpu_buff_start() in kernel/trace/trace.c
    pattern: /^##### CPU (\d+) buffer started ####/,
    read: ([, cpu]) => (Number(cpu) < CPU_LIMIT ? { kind: 'start', cpu: Number(cpu) } : { kind: 'unknown' }),
  },
  { pattern: /^# tracer: ?(.*)$/, read: ([, name]) => ({ kind: 'tracer', name: name.trim() }) },
  {
    pattern: /^# entries-in-buffer\/entries-written: (\d+)\/(\d+)/,
    read: ([, held, written]) => overrun(Number(held), Number(written)),
  },
  {
    // print_trace_header(): `# latency: 0 us, #37178/37178, CPU#0 | (…)`
    pattern: /^# latency: \d+ us, #(\d+)\/(\d+),/,
    read: ([, held, written]) => overrun(Number(held), Number(written)),
  },
  // print_trace_header(): `# nop latency trace v1.1.5 on 6.12.117-lab`
  { pattern: /^# \S+ latency trace v\S+ on (\d\S*)/, read: ([, release]) => ({ kind: 'release', release }) },
  {
    // print_lat_help_header(): `#                              | / _---=> hardirq/softirq`, without the CPU of latency-format
    pattern: /^#[ |/]*_-+=> (?!CPU#)(.*)$/,
    read: ([, name]) => ({ kind: 'legend', isIrq: name.startsWith('hardirq') }),
  },
  { pattern: /^#/, read: skip('header') },
  {
    // print_trace_line(): `CPU:2 [LOST 11745 EVENTS]`; trace-cmd: `CPU:2 [11745 EVENTS DROPPED]`
    pattern: /^CPU:(\d+) \[(?:LOST (?:(\d+) )?EVENTS|(?:(\d+) )?EVENTS DROPPED)\]/,
    read: ([, cpu, lost, dropped]) =>
      Number(cpu) < CPU_LIMIT
        ? { kind: 'lost', cpu: Number(cpu), count: Number(lost ?? dropped ?? -1) }
        : { kind: 'unknown' },
  },
  { pattern: /^CPU:\d+ \[SUBBUFFER START\]/, read: skip('header') },
  { pattern: /^\s*\[LINE TOO BIG\]/, read: () => ({ kind: 'lost', cpu: -1, count: 1 }) },
  { pattern: /^(?:cpus=\d+|version = \d+|CPU \d+ is empty|trace-cmd: .*)\s*$/, read: skip('header') },
  { pattern: /^\s*\[?(?:snip|\.\.\.|…)\]?\s*$/i, read: () => ({ kind: 'cut' }) },
  { pattern: /^\s*(?:-{3,}|={3,})\s*$/, read: skip('separator') },
  {
    // print_raw_fmt() and print_hex_fmt(): pid, CPU, time; then trace_nop_print(), as no trace event has its own
    pattern: /^(?:-?\d+ \d+ \d+|(?:[0-9a-f]{8} ){2}[0-9a-f]{16}) (?:type: \d+|\d+ \?)\s*$/,
    read: () => ({ kind: 'raw' }),
  },
  // what atrace and traceconv print before the kernel's text
  { pattern: /^(?:TRACE:|capturing trace\.\.\. done)\s*$/, read: skip('header') },
  // trace_functions_graph.c print_graph_comment(), then its other lines: ` 0)   1.234 us    |  foo();`
  { pattern: /\|\s+\/\* \w+: .*\*\/\s*$/, read: () => ({ kind: 'graph-event' }) },
  { pattern: /^\s*(?:\d+\.\d+\s+\|\s+)?\d+\)\s.*(?:\|| => )/, read: skip('function tracer') },
  { pattern: /^\s*(?:\d+\.\d+\s+\|\s+)?(?:[-+!#*@$]?\s*\d+(?:\.\d+)? us)?\s+\|\s+\S/, read: skip('function tracer') },
  {
    // libtraceevent and trace-cmd report -V, on stderr
    pattern:
      /^\s*(?:registering plugin: |overriding event |could not load plugin |(?:failed to read|bad op|unknown op|ug! no event)\b|Error: |\[\w+:\w+\] |function \w+ not defined)/,
    read: skip('message of trace-cmd'),
  },
]

/** Reads a line that has no event columns. */
export function readOddLine(text: string): OddLine {
  for (const { pattern, read } of RULES) {
    const match = pattern.exec(text)
    if (match !== null) return read(match)
  }
  return { kind: 'unknown' }
}

/** Entries without an event's name, by what stands behind their columns. */
const NAMELESS: readonly (readonly [pattern: RegExp, why: string])[] = [
  // trace_output.c trace_fn_trace(): `kfree <-put_page`
  [/ <-/, 'function tracer'],
  [/^Unknown type \d+/, 'event of an unloaded module'],
  [/^\[UNKNOWN (?:EVENT|TYPE)/, 'event of an unloaded module'],
  // trace_ctxwake_print(), trace_raw_data(), trace_hwlat_print(), trace_timerlat_print()
  [/^\s*-?\d+:\s*-?\d+:\w\s+(?:\+|==>)\s/, 'entry of another tracer'],
  [/^# [0-9a-f]+ buf:/, 'marker'],
  [/^#\d+\s/, 'entry of another tracer'],
]

/** Why an entry without an event's name is passed over; undefined when nothing is known of it. */
export function whyNameless(text: string): string | undefined {
  return NAMELESS.find(([pattern]) => pattern.test(text))?.[1]
}

function overrun(held: number, written: number): OddLine {
  return written > held ? { kind: 'overrun', count: written - held } : { kind: 'skip', why: 'header' }
}
