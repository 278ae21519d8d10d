import { frameOf } from '../dmesg/frame-line.ts'
import { splitPrintk } from '../dmesg/printk-line.ts'

/** A way in which a mail program breaks a long line of ours at a blank. */
export interface Wrap {
  /** The line is not whole: it lacks what such a line always has, or may lack what most have. */
  readonly isCut: (line: string) => boolean
  /** What the rest begins with, or consists of. */
  readonly rest: RegExp
}

/** Reasons of mm/memory_hotplug.c offline_pages(), cut after any word. */
const CUT_REASON =
  /^memory offlining \[mem \S+\] failed(?: due(?: to(?: (?:memory|multizone|failure(?: to(?: isolate| dissolve(?: huge)?)?)?|notifier|signal|unmovable))?)?)?$/
const REASON_REST =
  /^\s*(?:due to|to (?:memory|multizone|failure|notifier|signal|unmovable|isolate|dissolve)|memory holes|multizone range|failure to|notifier failure|signal backoff|unmovable page|isolate range|dissolve huge|huge pages|holes|range|failure|backoff|pages?)\b.{0,40}$/

/** `CPU: 2 UID: 0 PID: 5263`: the task is not told yet. */
const TASK_CUT = /^CPU: \d+(?: UID:?(?: \d+)?)?(?: PID:?(?: \d+)?)?(?: Comm:.*)?$/

/** Messages of the kernel log. Their rest has no stamp, so it is none of the next message. */
export const KERNEL_WRAPS: readonly Wrap[] = [
  { isCut: ofMessage((text) => CUT_REASON.test(text)), rest: REASON_REST },
  {
    isCut: ofMessage((text) => /^[Pp]age (?:last )?allocated(?: via|$)/.test(text) && !/\bfree_ts \d+$/.test(text)),
    rest: /^\s*(?:via order \d|order \d|migratetype \S|[A-Z]\w+, gfp_mask|gfp_mask 0x|0x[0-9a-f]+(?:\(|,|$)|(?:pid|tgid|ts|free_ts)(?: \d|$)|\d+,? ?(?:\(|pid|tgid|ts|free_ts|$)|\(.*\)(?:, ts|,?$)|\d+, migratetype |.*\), ts \d)/,
  },
  {
    isCut: ofMessage((text) => /^page(?: last(?: free(?: pid(?: \d+(?: tgid(?: \d+(?: stack)?)?)?)?)?)?)?$/.test(text)),
    rest: /^\s*(?:last (?:free|allocated)|free (?:pid|stack)|allocated via|pid \d|\d+ (?:tgid|stack)|tgid \d|stack trace:|trace:)/,
  },
  {
    isCut: ofMessage((text) => /^BUG: Bad page (?:state|cache) in process \S/.test(text) && !/pfn:/.test(text)),
    rest: /^\s*pfn:[0-9a-f]+\s*$/,
  },
  {
    isCut: ofMessage((text) => /^page dumped(?: because:?)?$/.test(text)),
    rest: /^\s*(?:dumped because: |because: |[\w(-]+)\S*/,
  },
  { isCut: ofMessage((text) => text.startsWith('page dumped because: ') && isUnbalanced(text)), rest: /\)\s*$/ },
  {
    isCut: ofMessage((text) =>
      /^page dumped because: (?:unmovable|migration|isolation|nonzero|non-NULL|bad)$/.test(text),
    ),
    rest: /^\s*(?:page|failure|failed|_refcount|_count|mapcount|mapping|pte)\s*$/,
  },
  {
    isCut: ofMessage((text) => /^head:.*\border:\d+/.test(text) && !/pincount:\d+$/.test(text)),
    rest: /^\s*(?:(?:\w*mapcount|compound_\w+|nr_pages_mapped|pincount):-?\d+\s*)+$/,
  },
  {
    isCut: ofMessage(
      (text) =>
        /: page allocation (?:failure: order:\d+|stalls for .*order:\d+)/.test(text) && !/mems_allowed=\S+$/.test(text),
    ),
    rest: /^\s*(?:mode:0x|nodemask=|cpuset=|.*mems_allowed=[\d,-]+\s*$)/,
  },
  {
    isCut: ofMessage((text) => TASK_CUT.test(text) && !/ (?:Not tainted|Tainted:)/.test(text)),
    rest: /^\s*(?:UID: \d|PID: \d|Comm: \S|\d+ (?:UID|PID|Comm): |tainted \S|.{0,15}(?:Not tainted|Tainted:))/,
  },
  {
    isCut: ofMessage((text) => /^WARNING: CPU:?(?: \d+(?: PID:?(?: \d+(?: at)?)?)?)?$/.test(text)),
    rest: /^\s*(?:\d+ (?:PID: |at )|PID: \d|at \S|\S+\.[chS]:\d+ )/,
  },
  { isCut: ofMessage((text) => /flags: 0x[0-9a-f]+\(.*\)$/.test(text)), rest: /^\s*CMA\s*$/ },
  // frames without what a decoder, or the kernel, puts behind them
  {
    isCut: ofMessage((text) => frameOf(text) !== undefined),
    rest: /^\s*(?:\[[\w-]+(?: [0-9a-f]{40})?\]|\(?\S+\.[A-Za-z]{1,3}:\d+(?: \(discriminator \d+\))?\)?(?: \[\w+\]| \w+)?)\s*$/,
  },
  {
    isCut: ofMessage((text) => /^\s*(?:\? )?\S+ \(\S+:\d+(?: \(discriminator)?$/.test(text)),
    rest: /^\s*(?:\(discriminator )?\d+\)\)(?: \w+)?\s*$/,
  },
]

function isUnbalanced(text: string): boolean {
  return text.split('(').length > text.split(')').length
}

function ofMessage(isCut: (message: string) => boolean): (line: string) => boolean {
  return (line) => isCut(splitPrintk(line).message.trimEnd())
}
