import {
  JSON_OPTION,
  KPAGE_OPTION,
  type Manual,
  RULE_MANUAL_OPTIONS,
  TELLING_EXITS,
  THRESHOLD_OPTION,
} from './manual.ts'

export const MAP_MANUAL: Manual = {
  name: 'map',
  purpose: 'memory by pageblock: types, allocations, open holds, blocked ranges',
  synopsis: ['[--range 0x17800-0x17c00] [--by WHAT] [--all|--json] FILE|DIR...'],
  description: [
    'A line for each pageblock of which there is something to tell, or for each page of a range of 2048 pages or fewer, as ' +
      'name=value for grep. The other pageblocks are counted; --all and --json have them too.',
  ],
  options: [
    JSON_OPTION,
    ['--range FROM-TO', 'PFNs; the range ends before its second'],
    ['--by WHAT', 'sort by blocked, holds, excess, migratetype, order, age or events, the greatest first'],
    ['--all', "pageblocks, too, in which no page blocked, is held, lies in another type's block or has events"],
    THRESHOLD_OPTION,
    KPAGE_OPTION,
  ],
  exits: TELLING_EXITS,
  examples: [['pinscope map --by blocked capture/', 'Where ranges are blocked:']],
}

export const EVENTS_MANUAL: Manual = {
  name: 'events',
  purpose: 'events in time order, one a row with its file:line, filtered',
  synopsis: ["[--filter 'EXPR'] [--limit N] [--raw|--count|--json] FILE|DIR...", '--help-filter'],
  description: [
    "All events, or those that a filter finds, such as 'op:mod_unless ret:0 stack:~nvidia count>3': terms beside each other must " +
      'all hold. Events of which the capture does not tell whether they match are counted and not listed.',
  ],
  options: [
    ['--json', 'one object a line; README.md describes the fields'],
    ['--filter EXPR', 'a filter, in quotes'],
    ['--limit N', 'so many rows at most'],
    ['--raw', 'the lines of the files as they are'],
    ['--count', 'how many there are'],
    ['--help-filter', 'the filter language: every field with an example'],
  ],
  exits: TELLING_EXITS,
  examples: [["pinscope events --filter 'pfn:0x17ac9 op:mod_unless' --raw trace.txt", 'All tries to get one page:']],
}

export const STATS_MANUAL: Manual = {
  name: 'stats',
  purpose: 'what was read, what was refused or lost, and how fast',
  synopsis: ['[--json] FILE|DIR...'],
  description: [
    'Of every file its lines: parsed + skipped + rejected = all. Events by name, losses, times and memory.',
  ],
  options: [JSON_OPTION, KPAGE_OPTION],
  exits: TELLING_EXITS,
  examples: [['pinscope stats trace.dat', 'Whether a recording lost events:']],
}

export const RULES_MANUAL: Manual = {
  name: 'rules',
  purpose: 'the rules that tell from a stack what a reference is for',
  synopsis: ['[--json] [--rules FILE] [--without-rule ID]...'],
  description: [
    'The rules, and the known pairs of get and put, each with its kernel source: a list, or with --json a rule file to edit. With ' +
      '--rules, whether a rule file is right, and what it makes of them.',
  ],
  options: [['--json', 'as a rule file'], ...RULE_MANUAL_OPTIONS],
  exits: [
    [0, 'the rules are in order'],
    [2, 'a rule file is wrong or cannot be read: one line on standard error says where'],
  ],
  examples: [
    ['pinscope rules --json > my-rules.json', 'To begin rules of your own:'],
    ['pinscope rules --rules my-rules.json', 'To check them:'],
  ],
}

export const RECORD_MANUAL: Manual = {
  name: 'record',
  purpose: 'the commands that record the data, and what comes next of a capture',
  synopsis: ['--kernel RELEASE --trigger WHAT [--pfns PFNS] [--tool TOOL] [--script|--json] [FILE|DIR...]'],
  description: [
    'What each step needs in the kernel, what it costs, and the filter that keeps the trace small. Of a capture, the next ' +
      'recording: the pages that it leaves open, and what it lacks.',
  ],
  options: [
    JSON_OPTION,
    [
      '--kernel RELEASE',
      'as uname -r says, 6.1 or 5.10.160-android12-9; Linux 5.4 to 6.12 are known. A capture may tell it',
    ],
    [
      '--trigger WHAT',
      'cma, offline (a memory block), compaction, hugetlb, or wait: for a failure that comes by itself',
    ],
    [
      '--pfns PFNS',
      '0x17800-0x17c00,0x17ac9: a range ends before its second PFN. Left out, the commands look up the pages of the CMA area or ' +
        'the memory block',
    ],
    ['--area NAME', 'the CMA area; the first when not said'],
    ['--block N', 'the memory block'],
    ['--tool TOOL', 'tracefs (when not said), trace-cmd or perf'],
    ['--pages N', 'pages to ask a CMA area for, or huge pages more'],
    ['--buffer-kb N', 'trace buffer per CPU (32768 when not said)'],
    ['--from-boot', 'also how to trace from boot on, for references that are taken early'],
    ['--script', 'a shell script instead of steps; pinscope-record.sh beside the page is one for all cases'],
  ],
  exits: [
    [0, 'the commands are printed'],
    [2, 'the arguments or the files are of no use'],
  ],
  examples: [
    ['pinscope record --kernel 6.1 --trigger cma --pfns 0x17800-0x17c00 --script', 'A script for a CMA area:'],
    ['pinscope record trace.txt', 'What to record next:'],
  ],
}
