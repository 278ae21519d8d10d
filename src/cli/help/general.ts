import { type ManualOption } from './manual.ts'

/** What every command has beside its own. */
export const GENERAL_OPTIONS: readonly ManualOption[] = [
  ['--', 'all words behind it are files'],
  ['-h, --help', 'this page, on standard output'],
]

/** What the files of a call are. */
export const FILES: readonly string[] = [
  'All files of one call are one capture: the traces and dumps of one boot. A folder stands for the files in it, also in its ' +
    'folders; hidden ones are left out. A pipe is read to its end.',
  'Read are ftrace text and trace.dat with page_ref events and stacks, perf script, page_owner and page_pinner dumps, kernel ' +
    'logs, page-types, kallsyms and more (README.md has the list), also packed with gzip or zstd, in zip or tar archives, or inside ' +
    'of a mail. A file is known by its content, never by its name. Records of trace.dat are cited by their number in time order.',
]

/** What the environment changes. */
export const ENVIRONMENT: readonly (readonly [name: string, what: string])[] = [
  ['NO_COLOR', 'nothing to switch off: what is printed is never coloured, on a terminal or not'],
  ['TMPDIR', 'where what comes out of a pipe is kept while the command runs'],
]

/** The frame of the list of commands. */
export const SUMMARY = {
  title: 'pinscope: who is holding this page?',
  usage: ['Usage: pinscope COMMAND [OPTION]... FILE|DIR...', '       pinscope COMMAND --help'],
  end: [
    'pinscope help --man prints all of it as a manual page; --version tells the version.',
    'Exit status: 0 done; 1 a check found what it looks for (diff, --until-failure,',
    'session merge, eval); 2 the arguments or the files are of no use.',
  ],
}
