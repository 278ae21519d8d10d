import { formatPfn } from '../../base/pfn.ts'
import { formatPfnSpans, type PfnSpan } from '../../base/pfn-spans.ts'
import { LAST_RELEASE, parseKernel } from '../../queries/record/release-facts.ts'
import { pfnFilter } from '../../queries/record/pfn-filter.ts'
import { type NextRecording } from '../../queries/record/next-recording.ts'
import { shellQuote } from '../../queries/record/shell-text.ts'
import { attemptEvents } from '../../queries/record/traced-events.ts'
import { USUAL_BUFFER_KB } from '../../queries/record/record-question.ts'
import { type BugReportFacts } from './bug-report-facts.ts'
import { type Block, type ReportPart } from './report-part.ts'

/** A list of PFNs, or a filter, that is longer than this is one range instead. */
const LONGEST_WORD = 66
const REASONS_TOLD = 4

/** What these files leave open, and the shortest command that records it. */
export function nextPart({ next }: BugReportFacts): ReportPart {
  return {
    title: 'Next capture',
    blocks: [
      ...next.reasons.slice(0, REASONS_TOLD).map(({ text }, at): Block => ({
        kind: 'text',
        text: `- ${text}`,
        level: 1,
        ...(at === 0 ? {} : { keep: 64 - at * 6 }),
      })),
      ...traceCmd(next),
      { kind: 'command', what: 'all steps as a script:', words: recordWords(next) },
    ],
  }
}

/** The commands, each in one line, the shortest first. */
export function nextCommands(next: NextRecording): readonly string[] {
  return [
    recordWords(next).join(' '),
    ...traceCmd(next).flatMap((block) => (block.kind === 'command' ? [block.words.join(' ')] : [])),
  ]
}

/** `npx pinscope record --kernel 6.12 --trigger cma --pfns 0xdc00-0x1fc00 --script > record.sh`. */
function recordWords({ question }: NextRecording): readonly string[] {
  const kernel = parseKernel(question.kernel)
  const spans = shortSpans(question.spans)
  return [
    'npx pinscope record',
    `--kernel ${kernel === undefined ? '"$(uname -r)"' : kernel.text}`,
    `--trigger ${question.trigger}`,
    ...(spans.length === 0 ? [] : [`--pfns ${formatPfnSpans(spans)}`]),
    ...(question.area === undefined ? [] : [`--area ${shellQuote(question.area)}`]),
    ...(question.block === undefined ? [] : [`--block ${question.block}`]),
    ...(question.bufferKb === undefined || question.bufferKb === USUAL_BUFFER_KB
      ? []
      : [`--buffer-kb ${question.bufferKb}`]),
    '--script > pinscope-record.sh',
  ]
}

/** The same with trace-cmd alone, which stops at Ctrl-C; none where no page is known. */
function traceCmd({ question }: NextRecording): readonly Block[] {
  const spans = shortSpans(question.spans)
  if (spans.length === 0) return []
  const release = parseKernel(question.kernel)?.release ?? LAST_RELEASE // -i passes over what a kernel lacks
  const filter = pfnFilter(spans, question.isHeadsKnown)
  const passing = filter.text.length <= LONGEST_WORD ? filter.text : hullText(filter.spans)
  const words = [
    `trace-cmd record -T -i -b ${question.bufferKb ?? USUAL_BUFFER_KB}`,
    `-e page_ref -f ${shellQuote(passing)}`,
    ...attemptEvents(question.trigger, release).map((event) => `-e ${event.replace('/', ':')}`),
  ]
  return [{ kind: 'command', what: 'begin it, start what takes the pages, let it fail, Ctrl-C:', words, keep: 74 }]
}

function hullText(spans: readonly PfnSpan[]): string {
  return `pfn >= ${formatPfn(spans[0].startPfn)} && pfn < ${formatPfn(spans[spans.length - 1].endPfn)}`
}

/** Spans, or all between the first and the last where they are many. */
function shortSpans(spans: readonly PfnSpan[]): readonly PfnSpan[] {
  if (spans.length === 0 || formatPfnSpans(spans).length <= LONGEST_WORD) return spans
  return [{ startPfn: spans[0].startPfn, endPfn: spans[spans.length - 1].endPfn }]
}
