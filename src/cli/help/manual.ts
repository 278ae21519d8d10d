/** The manual page of a command: what `pinscope COMMAND --help` prints, and a section of `man pinscope`. Plain text, one line each. */
export interface Manual {
  readonly name: string
  /** Another name that the command answers to. */
  readonly alias?: string
  /** What it does, in one line of the list of commands. */
  readonly purpose: string
  /** What stands behind `pinscope NAME`. */
  readonly synopsis: readonly string[]
  /** Paragraphs. */
  readonly description: readonly string[]
  readonly options: readonly ManualOption[]
  readonly exits: readonly ManualExit[]
  /** Command lines, without a prompt, each with what it is for. */
  readonly examples: readonly (readonly [command: string, what: string])[]
}

/** An option as it is written, and what it does. */
export type ManualOption = readonly [option: string, what: string]

/** An exit status, and when it is that. */
export type ManualExit = readonly [code: 0 | 1 | 2, when: string]

/** Of commands that tell what they find, and judge nothing. */
export const TELLING_EXITS: readonly ManualExit[] = [
  [0, 'the files were read, whether or not something was found'],
  [2, 'the files or the arguments are of no use; one line on standard error says why'],
]

/** Options that several commands have. */
export const JSON_OPTION: ManualOption = ['--json', 'print JSON for machines; README.md describes the fields']
export const THRESHOLD_OPTION: ManualOption = [
  '--threshold-us N',
  'call holds from N microseconds on long-term (300000 when not said)',
]
export const KPAGE_OPTION: ManualOption = [
  '--kpage-start PFN',
  'first page of kpageflags, kpagecount or kpagecgroup files of which no file tells it: a copy of a window of /proc. A note ' +
    'file of one line, start_pfn=0x... end_pfn=0x..., tells it too',
]
export const RULE_MANUAL_OPTIONS: readonly ManualOption[] = [
  [
    '--rules FILE',
    'rules of your own, as "Edit rules" in the browser saves them or as "pinscope rules --json" prints them: new ids are added ' +
      'and asked first, or where "before" or "after" says; known ids are replaced; "off": true switches one off',
  ],
  ['--without-rule ID', 'switch one rule or known pair off; may be said again'],
]
export const WATCH_OPTIONS: readonly ManualOption[] = [
  [
    '--watch',
    'go on with ONE file that grows, or a pipe that does not end (trace_pipe): print anew when an answer changes, until Ctrl+C. ' +
      'The lines that are whole are read again from the start, for a tenth of the time at most: answers of a file of some GB ' +
      'come minutes apart. A pipe is kept in a file of the temporary folder meanwhile. A file that is cut or replaced is begun anew',
  ],
  ['--until-failure', 'as --watch, and end with exit status 1 at the first failed range'],
]
