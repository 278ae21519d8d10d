import { type Head } from '../format.ts'
import { verboseColumnsOf } from './verbose-columns.ts'

/** `comm-pid (tgid) [cpu] flags time: name`, with at most 64 characters of comm and what a tool puts before it. */
const EVENT_LINE =
  /^.{0,64}?-\d+\s+(?:\([\s\d-]+\)\s+)?(?:\[\d+\]\s+(?:[\w.]{4,7}\s+)?|\d+(?:[.A-Za-z][\w.]{3,6}|-0x[0-9a-f]+)\s+)\d+(?:\.\d+|us.?)?:\s+\S/
/** With the option context-info off. */
const BARE_EVENT = /^(?:page|folio)_ref_\w+: .*\bpfn=/
const FRAME = /^ ?=> \S/
const NEUTRAL = /^\s*$|^#|^\s*\[?(?:snip|\.\.\.)\]?\s*$|^CPU:\d+ \[|^<(?:user )?stack trace/i
/** First line of every `trace` file, and of trace-cmd report (older: `version = 6`). */
const HEADER = /^# tracer: /
const REPORT_HEADER = /^(?:cpus=\d+|version = \d+)$/
/** What a printk prefix or a perf header begins with. */
const FOREIGN = /^(?:<\d+>)?\[\s*\d+\.\d+\]|^# =====/

/** True when the head is ftrace text: its header, or event lines and little else. */
export function isFtrace(head: Head): boolean {
  const lines = head.lines.map((line, row) => (row === 0 ? line.replace(/^\uFEFF/, '') : line))
  if (lines.some((line) => HEADER.test(line)) && !FOREIGN.test(lines[0])) return true
  const told = lines.filter((line) => !NEUTRAL.test(line))
  const isReport = told.length > 0 && REPORT_HEADER.test(told[0])
  const events = told.filter((line) => isEvent(line)).length
  const frames = told.filter((line) => FRAME.test(line)).length
  if (isReport && (events > 0 || told.length === 1)) return true
  return events > 0 && (events + frames) * 2 >= told.length
}

function isEvent(line: string): boolean {
  return !FOREIGN.test(line) && (EVENT_LINE.test(line) || BARE_EVENT.test(line) || verboseColumnsOf(line) !== undefined)
}
