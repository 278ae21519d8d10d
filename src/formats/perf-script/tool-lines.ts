/** What a line that is neither sample nor frame says. */
export type ToolLine =
  | { readonly kind: 'skip'; readonly why: string }
  /** `[snip]`, `...`: whoever quoted the text left lines out. */
  | { readonly kind: 'cut' }
  /** perf says that it lost data, but not where. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'unknown' }

interface Rule {
  readonly pattern: RegExp
  readonly line: ToolLine
}

const skip = (why: string): ToolLine => ({ kind: 'skip', why })

/** Lines that perf itself prints around samples, some of them on stderr; the first rule that fits counts. */
const RULES: readonly Rule[] = [
  { pattern: /^\s*$/, line: skip('blank') },
  // perf_header__fprintf_info(): `# captured on    : …` between two rows of `# ========`
  { pattern: /^#/, line: skip('header') },
  { pattern: /^\s*\[?(?:snip|\.\.\.|…)\]?\s*$/i, line: { kind: 'cut' } },
  // util/session.c perf_session__warn_about_errors()
  { pattern: /^Processed \d+ (?:events|samples) and lost \d/, line: { kind: 'lost' } },
  {
    pattern: /^(?:Warning:|Check IO\/CPU overload|\[ perf record: |WARNING: |warning: )/,
    line: skip('message of perf'),
  },
  {
    pattern: /^(?:no symbols found in |Failed to open |Reading .*: failed|addr2line: )/,
    line: skip('message of perf'),
  },
]

/** Reads a line that is no sample and no frame. */
export function readToolLine(text: string): ToolLine {
  return RULES.find(({ pattern }) => pattern.test(text))?.line ?? { kind: 'unknown' }
}

/** `PERF_RECORD_LOST lost 12` and `PERF_RECORD_LOST_SAMPLES lost 12` of --show-lost-events; NaN for other records. */
export function lostOf(record: string): number {
  const match = /^PERF_RECORD_LOST(?:_SAMPLES)?:? (?:lost|lost_samples)[: ]\s*(\d+)/.exec(record)
  return match === null ? Number.NaN : Number(match[1])
}
