/** What a line without the columns of an event says. */
export type OddLine =
  | { readonly kind: 'skip'; readonly why: string }
  /** A new segment: the header of another `cat trace`. */
  | { readonly kind: 'tracer'; readonly name: string }
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
    read: ([, cpu]) => ({ kind: 'start', cpu: Number(cpu) }),
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
  { pattern: /^#/, read: skip('header') },
  {
    // print_trace_line(): `CPU:2 [LOST 11745 EVENTS]`; trace-cmd: `CPU:2 [11745 EVENTS DROPPED]`
    pattern: /^CPU:(\d+) \[(?:LOST (?:(\d+) )?EVENTS|(?:(\d+) )?EVENTS DROPPED)\]/,
    read: ([, cpu, lost, dropped]) => ({ kind: 'lost', cpu: Number(cpu), count: Number(lost ?? dropped ?? -1) }),
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
  // trace_print_graph: ` 0)   1.234 us    |  foo();`
  { pattern: /^\s*(?:\d+\.\d+\s+\|\s+)?\d+\)\s.*\|/, read: skip('function tracer') },
]

/** Reads a line that has no event columns. */
export function readOddLine(text: string): OddLine {
  for (const { pattern, read } of RULES) {
    const match = pattern.exec(text)
    if (match !== null) return read(match)
  }
  return { kind: 'unknown' }
}

function overrun(held: number, written: number): OddLine {
  return written > held ? { kind: 'overrun', count: written - held } : { kind: 'skip', why: 'header' }
}
