/** What a line that is neither sample nor frame says. */
export type ToolLine =
  | { readonly kind: 'skip'; readonly why: string }
  /** `[snip]`, `...`: whoever quoted the text left lines out. */
  | { readonly kind: 'cut' }
  /** perf says that it lost data, but not where. */
  | { readonly kind: 'lost' }
  /** The kernel that was recorded. */
  | { readonly kind: 'release'; readonly release: string }
  /** The clock of the times, by the name that ftrace has for it. */
  | { readonly kind: 'clock'; readonly name: string }
  | { readonly kind: 'unknown' }

interface Rule {
  readonly pattern: RegExp
  readonly read: (match: RegExpExecArray) => ToolLine
}

const skip = (why: string) => (): ToolLine => ({ kind: 'skip', why })

/** Names of util/clockid.c, as ftrace's trace_clock names the same clocks. */
const CLOCKS: Readonly<Record<string, string>> = {
  monotonic: 'mono',
  monotonic_raw: 'mono_raw',
  boottime: 'boot',
  tai: 'tai',
  realtime: 'realtime',
}

/** Lines that perf itself prints around samples, some of them on stderr; the first rule that fits counts. */
const RULES: readonly Rule[] = [
  { pattern: /^\s*$/, read: skip('blank') },
  { pattern: /^# os release : (\d\S*)/, read: ([, release]) => ({ kind: 'release', release }) },
  // print_clockid(), and the feature that is missing where the kernel's own clock was used (sched_clock(), as `local`)
  { pattern: /^# clockid: (\w+)/, read: ([, name]) => ({ kind: 'clock', name: CLOCKS[name] ?? name }) },
  { pattern: /^# missing features:.* CLOCKID\b/, read: () => ({ kind: 'clock', name: 'local' }) },
  // perf_header__fprintf_info(): `# captured on    : …` between two rows of `# ========`
  { pattern: /^#/, read: skip('header') },
  { pattern: /^\s*\[?(?:snip|\.\.\.|…)\]?\s*$/i, read: () => ({ kind: 'cut' }) },
  // util/session.c perf_session__warn_about_errors()
  { pattern: /^Processed \d+ (?:events|samples) and lost \d/, read: () => ({ kind: 'lost' }) },
  // --show-round-events, which have no fields in front
  { pattern: /^PERF_RECORD_\w+/, read: skip('record of a task or a mapping') },
  {
    pattern: /^(?:Warning:|Check IO\/CPU overload|\[ perf record: |WARNING: |warning: )/,
    read: skip('message of perf'),
  },
  {
    pattern: /^(?:no symbols found in |Failed to open |Reading .*: failed|addr2line: )/,
    read: skip('message of perf'),
  },
]

/** Reads a line that is no sample and no frame. */
export function readToolLine(text: string): ToolLine {
  for (const { pattern, read } of RULES) {
    const match = pattern.exec(text)
    if (match !== null) return read(match)
  }
  return { kind: 'unknown' }
}

/** `PERF_RECORD_LOST lost 12` and `PERF_RECORD_LOST_SAMPLES lost 12` of --show-lost-events; NaN for other records. */
export function lostOf(record: string): number {
  const match = /^PERF_RECORD_LOST(?:_SAMPLES)?:? (?:lost|lost_samples)[: ]\s*(\d+)/.exec(record)
  return match === null ? Number.NaN : Number(match[1])
}
