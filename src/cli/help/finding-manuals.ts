import {
  JSON_OPTION,
  KPAGE_OPTION,
  type Manual,
  RULE_MANUAL_OPTIONS,
  TELLING_EXITS,
  THRESHOLD_OPTION,
  WATCH_OPTIONS,
} from './manual.ts'

/** Of commands that can go on with a file that grows. */
const WATCHING_EXITS: Manual['exits'] = [
  TELLING_EXITS[0],
  [1, 'with --until-failure: a range failed'],
  TELLING_EXITS[1],
]

export const REPORT_MANUAL: Manual = {
  name: 'report',
  purpose: 'failed PFN ranges, who held their pages, and the proof',
  synopsis: [
    '[--json] [--session FILE] [OPTION]... FILE|DIR...',
    '--format mail|markdown|json [--failure N|--pfn PFN] FILE|DIR...',
    '--format html [-o FILE] [--slice N|PFN] [--session FILE] FILE|DIR...',
    '--watch|--until-failure [--json] FILE',
  ],
  description: [
    'Every range that the kernel failed to isolate, migrate or allocate: the pages that blocked it, who holds or held a reference ' +
      'to each and since when, how sure that is, and the lines of the files that prove it. What was read, refused or lost is told first.',
    'Of one finding, the most telling one when none is chosen: a mail for linux-mm of at most 80 columns and 60 lines, Markdown ' +
      'for a bug tracker, or JSON; the same text as in the browser. With --format html, a page that opens without a network and has ' +
      'the whole capture, or what proves the chosen finding, in it.',
  ],
  options: [
    JSON_OPTION,
    ['--format FORM', 'text (when not said), mail, markdown, json or html'],
    ['--failure N', 'the finding of the failed range with this number in the report, from 1'],
    ['--pfn PFN', 'the finding of this page'],
    ['--slice N|PFN', 'the same as --failure N, or as --pfn PFN with a PFN in hex'],
    ['-o FILE', 'with --format html: where it is written; standard output when not said'],
    [
      '--session FILE',
      'a triage session: its verdicts and notes stand beside the findings, in text, in JSON, and in a report file',
    ],
    [
      '--redact WHAT',
      'with --format html --slice: other names for comms, pids, addresses, files, host and people, with commas between',
    ],
    ['--redact-symbol NAME', 'with it: a function or a module; may be said again'],
    ['--date DAY', 'with --format html: the day that it says it was made on; none when not said'],
    THRESHOLD_OPTION,
    KPAGE_OPTION,
    ...RULE_MANUAL_OPTIONS,
    ...WATCH_OPTIONS,
  ],
  exits: WATCHING_EXITS,
  examples: [
    ['pinscope report --watch /sys/kernel/tracing/trace_pipe', 'As it happens, as root on the machine itself:'],
    ['pinscope report --until-failure trace.log', 'To wait in a script for the first failure:'],
    ['pinscope report trace.txt page_owner.txt dmesg.txt', 'The whole report of one boot:'],
    ['pinscope report --format mail capture/', 'The most telling failure as a mail:'],
  ],
}

export const PINNERS_MANUAL: Manual = {
  name: 'pinners',
  purpose: 'who holds pages: holds in groups, with what is hidden',
  synopsis: [
    '[--json|--folded] [--group WHAT] [--sort COLUMNS] [OPTION]... FILE|DIR...',
    '--watch|--until-failure [OPTION]... FILE',
  ],
  description: [
    'Holds are references that were taken and not given back at once. Those that migration expects (allocation, mapping, page ' +
      'cache, LRU, migration itself) and those below the threshold are left out and counted.',
  ],
  options: [
    JSON_OPTION,
    ['--folded', 'collapsed stacks, for flamegraph.pl and speedscope'],
    ['--group WHAT', 'stack (when not said), holder, task, class, order or migratetype'],
    [
      '--sort COLUMNS',
      'ranges (when not said), holds, open, longest, total, pages, tasks, stacks, hidden, holder; falling, or with :up rising; ' +
        'several with commas between',
    ],
    ['--filter TEXT', 'a symbol of the stack, a comm or a pid'],
    ['--all', 'holds that migration expects too'],
    ['--show ID', 'holds of this rule or class, too; may be said again'],
    ['--top N', 'so many rows at most, the rest is counted'],
    [
      '--area WHAT',
      'with --folded: numbers are holds, time (ns), pfns or ranges blocked; the last two are sets, which do not add up',
    ],
    ['--order WHAT', 'with --folded: callers (when not said) or leaves first'],
    ['--innermost WHAT', 'with --folded: where stacks end: holder, helper (when not said) or tracepoint'],
    THRESHOLD_OPTION,
    ...RULE_MANUAL_OPTIONS,
    ...WATCH_OPTIONS,
  ],
  exits: WATCHING_EXITS,
  examples: [
    ['pinscope pinners --group task --sort total trace.txt', 'Tasks by the time they held pages:'],
    ['pinscope pinners --folded --area time trace.txt > holds.folded', 'For a flame graph:'],
  ],
}

export const PFN_MANUAL: Manual = {
  name: 'pfn',
  alias: 'page',
  purpose: 'one page as its timeline shows it: counts, excess, holds, attempts',
  synopsis: ['PFN [--json] [--from TIME] [--to TIME] [--lifetime N] [--events N] FILE|DIR...'],
  description: [
    'The count at each failure and what it is made of, what migration expects and the excess, lifetimes, holds with their lines ' +
      'and confidence, attempts to move the page, and the events around the failure. A PFN is hex with 0x or with a letter in it; ' +
      'bare digits are decimal, as page_owner prints them.',
  ],
  options: [
    JSON_OPTION,
    ['--from TIME, --to TIME', 'a window, times as the file prints them; the lifetime when not said'],
    ['--lifetime N', 'which lifetime, 0 for the whole trace; that of the failure when not said'],
    ['--events N', 'events to list (24 when not said)'],
    THRESHOLD_OPTION,
    KPAGE_OPTION,
    ...RULE_MANUAL_OPTIONS,
  ],
  exits: TELLING_EXITS,
  examples: [['pinscope pfn 0x17ac9 trace.txt page_owner.txt', 'Who has had references to one page:']],
}

export const OWNERS_MANUAL: Manual = {
  name: 'owners',
  purpose: 'who allocated the pages of a page_owner dump; never who holds them',
  synopsis: [
    '[--by WHAT] [--filter TEXT] [--json] FILE|DIR...',
    '--compare OLD NEW [--json]',
    '--trend FIRST NEXT... [--json]',
  ],
  description: [
    'Allocations in groups, what lies in pageblocks of another migratetype first. page_owner tells who allocated a page, and ' +
      'nothing of who holds a reference to it now. Dumps beside each other, by stack: new, grown, shrunk, gone; of a series, what ' +
      'grew in each dump.',
  ],
  options: [
    JSON_OPTION,
    ['--by WHAT', 'stack (when not said), task, gfp, migratetype, order or age'],
    ['--filter TEXT', 'groups with this text in them'],
    ['--compare', 'two dumps, the older first'],
    ['--trend', 'two dumps or more, the oldest first'],
  ],
  exits: TELLING_EXITS,
  examples: [['pinscope owners --compare before.txt after.txt', 'What grew between two dumps:']],
}
