import { type Head } from '../format.ts'
import { OUR_EVENT } from './our-event.ts'

/**
 * `comm tid [cpu] time: period system:event:`, as builtin-script.c perf_sample__fprintf_start() prints it; one of tid
 * and CPU must be there, and a time or a CPU.
 */
const SAMPLE =
  /^.{0,80}?(?:(?:^|\s)-?\d+(?:\/-?\d+)?\s+(?:\[-?\d+\]\s+(?:[KUHGghMES]+\s+)?(?:\d{4}-\S+ \d\d:\S+\s+)?(?:\d+\.\d+:\s+)?|\d+\.\d+:\s+)|\[-?\d+\]\s+\d+\.\d+:\s+|^\s*\d+\.\d+:\s+)(?:\d+\s+)?(?:[A-Za-z_][\w-]*:[A-Za-z_][\w-]*(?::\w+)?:(?:\s|$)|PERF_RECORD_\w+)/
/** With fields left out (-F) that others are known by. */
const BARE_SAMPLE = new RegExp(`^(?:.{0,40}?\\s)?(?:\\[-?\\d+\\]\\s+|-?\\d+\\s+|\\d+\\.\\d+:\\s+)*${OUR_EVENT.source}`)
/** A tracepoint among the samples, or records in front of them: a profile of cycles alone is none of ours. */
const TRACEPOINT = /PERF_RECORD_|[\s:][A-Za-z_][\w-]*:[A-Za-z_]\w[\w-]*:(?:\s|$)/
const FRAME = /^\s*[0-9a-f]{4,16}(?:\s+\S.*)?\s\(.*\)$|^\s+[0-9a-f]{4,16}(?:\s+\S+)?$/
const NEUTRAL = /^\s*$|^#|^PERF_RECORD_FINISHED_\w+$|^\s*\[?(?:snip|\.\.\.)\]?\s*$/i
const QUOTE = /^(?:> ?)+/

/** True when the head is text of perf script: samples of tracepoints, their frames, and little else. */
export function isPerfScript(head: Head): boolean {
  const told = head.lines.map((line) => line.slice(0, 1000).replace(QUOTE, '')).filter((line) => !NEUTRAL.test(line))
  const samples = told.filter((line) => SAMPLE.test(line) || BARE_SAMPLE.test(line))
  if (!samples.some((line) => TRACEPOINT.test(line))) return false
  const frames = told.filter((line) => FRAME.test(line)).length
  return (samples.length + frames) * 2 >= told.length
}
