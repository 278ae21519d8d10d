import { counted } from '../../base/counted.ts'
import { type BugReportFacts } from './bug-report-facts.ts'
import { type Block, type ReportPart } from './report-part.ts'

/** The kernel, its configuration and how the trace was taken, as far as a file tells; what none tells is said. */
export function machinePart(facts: BugReportFacts): ReportPart {
  const options = optionsText(facts)
  return {
    title: 'Kernel and trace',
    blocks: [
      { kind: 'text', text: kernelText(facts), level: 1 },
      ...commandLine(facts),
      { kind: 'text', text: traceText(facts), level: 1 },
      ...(options === '' ? [] : [{ kind: 'text', text: options, level: 1, keep: 63 } as const]),
      { kind: 'text', text: stacksText(facts), level: 1 },
    ],
  }
}

const SAID = ['kernel', 'page size', 'pageblock'] as const

function kernelText({ machine: { facts } }: BugReportFacts): string {
  const told = facts.filter(({ name }) => name !== 'command line')
  const missing = SAID.filter((name) => told.every((fact) => fact.name !== name))
  const words = told.map(({ name, text, place }) => {
    return `${name} ${text}${place === undefined ? '' : ` (${place.fileName}:${place.line})`}`
  })
  const unknown = missing.length === 0 ? [] : [`${missing.join(', ')}: no file tells`]
  return [...words, ...unknown].join('; ')
}

function commandLine({ machine: { facts } }: BugReportFacts): readonly Block[] {
  return facts
    .filter(({ name }) => name === 'command line')
    .slice(0, 1)
    .map(({ text, place }) => {
      const where = place === undefined ? '' : ` (${place.fileName}:${place.line})`
      return { kind: 'text', text: `command line: ${text}${where}`, level: 1, keep: 57 }
    })
}

const UNITS = { seconds: 'in seconds', microseconds: 'in microseconds', counts: 'as counts, not in seconds' } as const

function traceText(facts: BugReportFacts): string {
  const { clock, files } = facts.overview
  const traces = files.filter(({ isTrace }) => isTrace).map(({ name, formatLabel }) => `${name} (${formatLabel})`)
  if (traces.length === 0) return 'no trace among the files'
  const shown = traces.slice(0, 3).join(', ')
  const more = traces.length > 3 ? ` and ${traces.length - 3} more` : ''
  const tracer = firstMatch(facts, /^#\s*tracer:\s*(\S+)/)
  const written = firstMatch(facts, /entries-in-buffer\/entries-written:\s*(\d+\/\d+)/)
  const buffer = written === undefined ? '' : `, entries in buffer/written ${written.text} (${written.where})`
  const named = clock.name === 'unknown' ? clockFile(facts) : clock.name
  return `${shown}${more}: tracer ${tracer?.text ?? 'not told'}, clock ${named}, times ${UNITS[clock.style.unit]}${buffer}`
}

/** As /sys/kernel/tracing/trace_clock prints it, the one in use in brackets: `local global counter [mono]`. */
function clockFile(facts: BugReportFacts): string {
  const found = firstMatch(facts, /^(?:[\w.-]*clock:? )?\[?local\]? \[?global\]? .*|^.*\blocal global .*/, (line) => {
    return /\[([\w-]+)\]/.exec(line)?.[1]
  })
  return found === undefined ? 'not told' : `${found.text} (${found.where})`
}

/** Options of the tracer that change what a trace says (Documentation/trace/ftrace.rst, trace_options). */
const OPTIONS = ['stacktrace', 'sym-offset', 'sym-addr', 'latency-format', 'record-tgid', 'irq-info', 'overwrite']

/** Options as a copy of trace_options, or of options/*, tells them: `stacktrace nosym-offset`; empty when no file tells. */
function optionsText({ machine: { headers } }: BugReportFacts): string {
  const found = headers.flatMap(({ text, raw }) => {
    return raw.flatMap((line, at) => {
      const match = /^(no)?([a-z][a-z-]+)(?:\s*[:=]\s*([01]))?$/.exec(line.trim())
      if (match === null || !OPTIONS.includes(match[2])) return []
      return [{ word: `${match[1] === 'no' || match[3] === '0' ? 'no' : ''}${match[2]}`, file: text, line: at + 1 }]
    })
  })
  if (found.length < 2) return ''
  const [{ file }] = found
  const own = found.filter((one) => one.file === file)
  return `options: ${own.map(({ word }) => word).join(' ')} (${file}:${own[0].line}-${own[own.length - 1].line})`
}

function firstMatch(
  { machine: { headers } }: BugReportFacts,
  pattern: RegExp,
  read: (line: string) => string | undefined = (line) => pattern.exec(line)?.[1],
): { readonly text: string; readonly where: string } | undefined {
  for (const { text: file, raw } of headers) {
    for (const [at, line] of raw.entries()) {
      const text = pattern.test(line) ? read(line) : undefined
      if (text !== undefined) return { text, where: `${file}:${at + 1}` }
    }
  }
  return undefined
}

function stacksText({ overview, machine: { refs, refsWithStack } }: BugReportFacts): string {
  if (refs === 0) return 'no page_ref event in these files: references are not traced (CONFIG_DEBUG_PAGE_REF)'
  const events = overview.eventCounts.filter(({ name }) => !name.startsWith('page_ref_')).length
  return `${refsWithStack} of ${refs} page_ref events have a stack; ${counted(events, 'other kind')} of events`
}
