import { findAtLeast } from '../base/bisect.ts'
import { formatTime } from '../base/clock.ts'
import { type FailedRange } from '../derive/failures/failed-range.ts'
import { type LineId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'

/** The line that prints the time of the failure, so that who looks there finds it; else the first that tells of it. */
export function tellingLine({ events }: Trace, { lines, time }: FailedRange): LineId {
  if (time !== undefined) {
    for (let row = findAtLeast(events.time, time); row < events.length && events.time[row] === time; row++)
      if (lines.includes(events.line[row])) return events.line[row]
  }
  return lines[0]
}

/** A time that only the kernel log tells; empty without one. printk prints seconds with six digits (kernel/printk/printk.c print_time()). */
export function printedText(printedNs: string | undefined): string {
  if (printedNs === undefined) return ''
  return formatTime(0, { originNs: printedNs, style: { unit: 'seconds', digits: 6 }, name: 'printk' })
}

/** When a range failed, as its file prints it; in brackets where only the kernel log tells; empty when nothing does. */
export function whenText({ clock }: Trace, { time, printedNs }: Pick<FailedRange, 'time' | 'printedNs'>): string {
  if (time !== undefined) return formatTime(time, clock)
  return printedNs === undefined ? '' : `[${printedText(printedNs)}]`
}
