import { type LineId } from '../../model/ids.ts'
import { type TextFact } from '../../model/machine-facts.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { byLine } from '../by-line.ts'
import { type Head, type TraceFormat } from '../format.ts'

/** A small text about the machine: a few of its lines are kept, the others are known to say nothing of pages. */
interface Note {
  readonly label: string
  sniff(head: Head): boolean
  /** Keeps a line that says something; true when it did. */
  keep(text: string, line: LineId, into: TraceBuilder): boolean
}

/** `Linux host 6.12.117-lab #1 SMP … x86_64 GNU/Linux` (uname -a), `Linux version 6.12.117-lab (…)` (/proc/version). */
const UNAME = /^Linux (?:version |\S+ )(\d+\.\d+\S*) .*#\d+/
/** tracefs `trace_clock`: all there are, the chosen one in brackets: `[local] global counter uptime perf mono … x86-tsc`. */
const TRACE_CLOCK = /^(?:[\w-]+ )*\[([\w-]+)\](?: [\w-]+)*$/
const MODULE = /^\S+ \d+ -?\d+ \S+ (Live|Loading|Unloading) 0x[0-9a-f]+/
const BUDDY = /^Node \d+, zone\s+\S+(\s+\d+){4,}\s*$/
const PARAMETER =
  /(^|\s)(BOOT_IMAGE|root|console|init|rdinit|initrd|page_owner|page_pinner|loglevel|mitigations|cma|hugepages|androidboot\.\w+|earlycon|movablecore|crashkernel)(=\S+)(\s|$)/

const NOTES: readonly Note[] = [
  { label: 'uname', sniff: aloneOf((line) => UNAME.test(line)), keep: keepRelease },
  {
    label: 'trace_clock',
    sniff: aloneOf((line) => TRACE_CLOCK.test(line) && /\bcounter\b/.test(line)),
    keep: keepClock,
  },
  { label: 'cmdline', sniff: aloneOf((line) => PARAMETER.test(line)), keep: keeper('cmdline', /\S/) },
  { label: 'modules', sniff: everyLine(MODULE), keep: keeper('module', MODULE) },
  {
    label: 'meminfo',
    sniff: firstLine(/^MemTotal:\s+\d+ kB$/),
    keep: keeper('memory', /^(MemTotal|Cma\w+|HugePages_\w+):/),
  },
  { label: 'buddyinfo', sniff: everyLine(BUDDY), keep: keeper('free_blocks', BUDDY) },
  {
    label: 'vmstat',
    sniff: everyLine(/^\w+ \d+$/, /^(nr|pg|compact|thp|numa|workingset|allocstall|unevictable|cma)_?\w* \d+$/),
    keep: nothing,
  },
  { label: 'trace statistics', sniff: someLines(/^overrun: \d+$/, /^commit overrun: \d+$/), keep: nothing },
  {
    label: 'trace options',
    sniff: someLines(/^(no)?(print-parent|context-info|overwrite)(: [01])?$/),
    keep: nothing,
  },
  {
    label: 'logs of trace-cmd record and perf record',
    sniff: someLines(/^CPU ?\d+ data recorded at offset=0x[0-9a-f]+$|^\[ perf record: (Woken up|Captured) /),
    keep: nothing,
  },
  { label: 'a number alone (a threshold)', sniff: aloneOf((line) => /^\d+$/.test(line)), keep: nothing },
]

/** Small texts beside a capture: uname, cmdline, modules, meminfo and what else tells nothing of single pages. */
export const MACHINE_NOTES: readonly TraceFormat[] = NOTES.map((note) => ({
  id: 'machine_notes',
  label: note.label,
  sniff: (head) => note.sniff(head),
  createReader: (into, problems) =>
    byLine({
      line: (text, line) => {
        if (text.trim() === '') return problems.skip('blank')
        const isKept = note.keep(text, (into.firstLine + line) as LineId, into)
        if (!isKept) return problems.skip(`${note.label}: not about single pages`)
        problems.parsed++
        problems.records++
      },
      end: () => undefined,
    }),
}))

function keepRelease(text: string, line: LineId, into: TraceBuilder): boolean {
  const release = UNAME.exec(text)?.[1]
  if (release === undefined) return false
  into.machine.release(release, line)
  into.machine.text({ kind: 'release', text, line })
  return true
}

/** A trace that names its own clock knows better. */
function keepClock(text: string, _line: LineId, into: TraceBuilder): boolean {
  const clock = TRACE_CLOCK.exec(text.trim())?.[1]
  if (clock !== undefined && into.clockName === 'unknown') into.clockName = clock
  return clock !== undefined
}

function keeper(kind: TextFact['kind'], pattern: RegExp): Note['keep'] {
  return (text, line, into) => {
    const isKept = pattern.test(text)
    if (isKept) into.machine.text({ kind, text, line })
    return isKept
  }
}

function nothing(): boolean {
  return false
}

function linesOf(head: Head): readonly string[] {
  return head.lines.filter((line) => line.trim() !== '')
}

function firstLine(pattern: RegExp): Note['sniff'] {
  return (head) => pattern.test(linesOf(head).at(0) ?? '')
}

/** The whole file is one line. */
function aloneOf(test: (line: string) => boolean): Note['sniff'] {
  return (head) => {
    const lines = linesOf(head)
    return head.isWhole && lines.length === 1 && test(lines[0].trim())
  }
}

/** Every line has the form, and one of them the telling one. */
function everyLine(form: RegExp, telling: RegExp = form): Note['sniff'] {
  return (head) => {
    const lines = linesOf(head)
    return lines.length > 0 && lines.every((line) => form.test(line)) && lines.some((line) => telling.test(line))
  }
}

function someLines(...patterns: readonly RegExp[]): Note['sniff'] {
  return (head) => patterns.every((pattern) => head.lines.some((line) => pattern.test(line)))
}
