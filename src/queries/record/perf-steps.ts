import { attemptLines } from './attempt.ts'
import { CONFIG } from './config-needs.ts'
import { type RecordStep } from './record-plan.ts'
import { type RecordQuestion, USUAL_BUFFER_KB } from './record-question.ts'
import { type StepsAsked } from './record-steps.ts'
import { filterLines } from './setup-lines.ts'
import { shellQuote } from './shell-text.ts'
import { attemptEvents } from './traced-events.ts'
import { attemptWords, beginWords } from './words.ts'

/** Events that few kernels have: perf refuses to begin when one is missing. */
const RARE = new Set(['kmem/mm_alloc_contig_migrate_range_info'])

/** Recording with perf: one command that records while the attempt runs, and one that prints it as text. */
export function perfSteps({ question, release, choice }: StepsAsked): readonly RecordStep[] {
  const filter = filterLines(choice)
  const events = attemptEvents(question.trigger, release)
    .filter((event) => !RARE.has(event))
    .map((event) => (event.includes('/') ? event.replace('/', ':') : `${event}:*`))
  const words = attemptWords(question.trigger)
  return [
    {
      id: 'record',
      title: `Record with perf: ${words.title}`,
      why: `--filter is for the events of the -e before it. perf refuses an event that the kernel lacks: leave its -e out then. ${words.why} ${beginWords}`,
      needs: [CONFIG.eventTracing, ...(filter === undefined ? [] : [CONFIG.pageRef])],
      cost: `${bufferPages(question)} pages of buffer per CPU. ${words.cost}`,
      commands: [
        ...(filter?.lines ?? []),
        `perf record -a -g --kernel-callchains -m ${bufferPages(question)} -o pinscope-capture/perf.data \\`,
        ...(filter === undefined ? [] : [`  -e 'page_ref:*' --filter "$FILTER" \\`]),
        `  ${events.map((event) => `-e '${event}'`).join(' ')} \\`,
        `  -- sh -c ${shellQuote(attemptLines(question).join('\n'))}`,
      ],
      ...(filter === undefined ? {} : { filter: filter.words }),
      when: 'run',
    },
    {
      id: 'print',
      title: 'Print it as text',
      why: 'pinscope reads the text of perf script, not perf.data. Symbols need kernel.kptr_restrict at 0 or 1, as root.',
      needs: [],
      cost: 'Text of some 800 bytes an event.',
      commands: [
        'perf script -i pinscope-capture/perf.data --ns --show-lost-events \\',
        '  -F comm,tid,cpu,time,event,trace,ip,sym,symoff,dso > pinscope-capture/perf.txt',
        'rm pinscope-capture/perf.data',
      ],
      when: 'run',
    },
  ]
}

/** perf takes a power of two of pages; of 4 KiB here, larger ones give more. */
function bufferPages({ bufferKb = USUAL_BUFFER_KB }: RecordQuestion): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(bufferKb / 4)))
}
