import { KPAGE_OPTION, type Manual, RULE_MANUAL_OPTIONS, TELLING_EXITS, THRESHOLD_OPTION } from './manual.ts'

export const SLICE_MANUAL: Manual = {
  name: 'slice',
  purpose: 'the lines that prove one finding, to be shared',
  synopsis: ['--pfn PFN|--failure N [--redact WHAT] [--link|-o FILE] [OPTION]... FILE|DIR...'],
  description: [
    'What proves the answer about one page, or one failed range: its events with their stacks, what marks the failure, exits of ' +
      'tasks, losses, and what other files say of it, each line under its number in its file. pinscope reads it as any file, and ' +
      'says that it is a slice. With it goes what the whole capture says, to be compared with what the slice says alone.',
    'What is redacted has another name, the same one throughout. Times, PFNs, counts and numbers of lines stay.',
  ],
  options: [
    ['--pfn PFN', 'of this page'],
    ['--failure N', 'of the failed range with this number in the report, from 1'],
    ['--redact WHAT', 'comms, pids, addresses, files and host, with commas between'],
    ['--redact-symbol NAME', 'a function or a module; may be said again'],
    ['--link', 'a link that carries the slice, of at most 8000 characters, instead of the slice'],
    ['--page ADDRESS', 'with --link: where pinscope is served; the part behind it alone when not said'],
    ['-o FILE', 'write it there, packed when the name ends in .gz'],
    THRESHOLD_OPTION,
    KPAGE_OPTION,
    ...RULE_MANUAL_OPTIONS,
  ],
  exits: TELLING_EXITS,
  examples: [
    [
      'pinscope slice --pfn 0x17ac9 --redact comms,pids -o page.pinscope-slice.json.gz capture/',
      'A file for a bug report:',
    ],
    [
      'pinscope slice --failure 1 --link --page https://example.org/pinscope/ capture/',
      'A link that opens without any file:',
    ],
  ],
}
