/**
 * What the filter language of Events knows, as data: the parser takes its fields from here, completion, the Help screen and
 * the command line show the same words. No kernel is known here but by name.
 */

/** What the values of a field are. `pfn`, `address` and `number` take ranges; `word` is one of a few. */
export type FilterType =
  | 'pfn'
  | 'address'
  | 'number'
  | 'time'
  | 'duration'
  | 'text'
  | 'name'
  | 'word'
  | 'migratetype'
  | 'hash'

/** One field: how it is written, what it asks, and what becomes of events that do not tell. */
export interface FilterFieldDoc {
  readonly id: string
  /** Other spellings of the name. */
  readonly aliases: readonly string[]
  readonly type: FilterType
  readonly about: string
  readonly example: string
  /** Events that have no such field, and events where nothing tells it. */
  readonly unknown: string
  /** The words of a `word` field. */
  readonly words?: readonly string[]
}

const NO_PAGE = 'events that name no page do not match'
const REFS_ONLY = 'only page_ref events have one; others do not match'
const NO_STACK =
  'unknown where no stack was recorded: neither the term nor its opposite matches, and the bar counts them'

/** Every field, in the order of the documentation. */
export const FILTER_FIELDS = [
  {
    id: 'pfn',
    aliases: ['page'],
    type: 'pfn',
    about: 'The page. Decimal, or hex with 0x; a range ends before its second PFN; a tail page stands for its head.',
    example: 'pfn:0x17800-0x17c00',
    unknown: NO_PAGE,
  },
  {
    id: 'addr',
    aliases: ['phys'],
    type: 'address',
    about: 'The page that a physical address lies in, pages of 4 KiB; a range ends before its second address.',
    example: 'addr:0x17ac9000',
    unknown: NO_PAGE,
  },
  {
    id: 'op',
    aliases: ['event', 'name'],
    type: 'name',
    about: 'Name of the event, with or without page_ref_ in front.',
    example: 'op:mod_unless,freeze',
    unknown: 'every event has one',
  },
  {
    id: 'ret',
    aliases: [],
    type: 'number',
    about: 'ret= as printed: 0 is refused for mod_unless and freeze, “did not reach zero” for mod_and_test.',
    example: 'op:freeze ret:0',
    unknown: 'events that print no ret= do not match',
  },
  {
    id: 'val',
    aliases: [],
    type: 'number',
    about: 'val= as printed: a difference, or the new or expected count of set, freeze and unfreeze.',
    example: 'val>=1024',
    unknown: REFS_ONLY,
  },
  {
    id: 'delta',
    aliases: [],
    type: 'number',
    about: 'References that the event added or dropped; 0 when it was refused.',
    example: 'delta<0',
    unknown: REFS_ONLY,
  },
  {
    id: 'count',
    aliases: ['refcount'],
    type: 'number',
    about: 'The reference count after the event: stated by the operation, else count= as printed.',
    example: 'count>3',
    unknown: REFS_ONLY,
  },
  {
    id: 'mapcount',
    aliases: [],
    type: 'number',
    about:
      'mapcount= as printed. From about 6.10 on: -1 not mapped, 0 mapped once; before: the number of mappings. Far below -1: a page type.',
    example: 'mapcount:-1',
    unknown: REFS_ONLY,
  },
  {
    id: 'gap',
    aliases: ['missing'],
    type: 'number',
    about: 'How much the count differs from that of the page’s event before and what this one did: 1 more, -1 fewer.',
    example: 'gap!=0',
    unknown: REFS_ONLY,
  },
  {
    id: 'excess',
    aliases: [],
    type: 'number',
    about: 'References above what migration expects, right after the event.',
    example: 'excess>0',
    unknown: 'unknown where the capture leaves open what migration expects: neither excess>0 nor excess:0 matches',
  },
  {
    id: 'flags',
    aliases: ['flag'],
    type: 'name',
    about: 'Page flags that are set, by name.',
    example: 'flags:lru',
    unknown: 'unknown for flags in hex whose bits nothing names on this kernel',
  },
  {
    id: 'mapping',
    aliases: [],
    type: 'word',
    words: ['none', 'some', 'anon', 'file'],
    about: 'Whether the page has a mapping, and its kind where the pointer is not hashed. some: any of the others.',
    example: 'mapping:none',
    unknown: 'anon and file are unknown for hashed pointers; events that do not print it do not match',
  },
  {
    id: 'mt',
    aliases: ['migratetype'],
    type: 'migratetype',
    about: 'Migratetype of the pageblock, by number as printed or by name.',
    example: 'mt:CMA',
    unknown: 'a name is unknown where no file tells which of two it is; events that print no mt= do not match',
  },
  {
    id: 'order',
    aliases: [],
    type: 'number',
    about: 'Order of an allocation or a free.',
    example: 'op:mm_page_alloc order>=9',
    unknown: 'events that print no order do not match',
  },
  {
    id: 'stack',
    aliases: ['frame', 'symbol'],
    type: 'text',
    about: 'Any frame of the stack: its function, without offset and without what compilers append.',
    example: 'stack:~nvidia',
    unknown: NO_STACK,
  },
  {
    id: 'leaf',
    aliases: [],
    type: 'text',
    about: 'The innermost frame that is no tracepoint plumbing.',
    example: 'leaf:try_grab_folio',
    unknown: NO_STACK,
  },
  {
    id: 'holder',
    aliases: [],
    type: 'text',
    about: 'The frame that names the holder, as the table shows it.',
    example: 'holder:do_tee',
    unknown: NO_STACK,
  },
  {
    id: 'module',
    aliases: ['mod'],
    type: 'text',
    about: 'A module that any frame of the stack belongs to.',
    example: 'module:*',
    unknown: NO_STACK,
  },
  {
    id: 'hash',
    aliases: ['stackhash'],
    type: 'hash',
    about: 'The stack by its hash, as links have it: 16 hex digits.',
    example: 'hash:0123456789abcdef',
    unknown: NO_STACK,
  },
  {
    id: 'class',
    aliases: [],
    type: 'word',
    words: ['allocation', 'mapping', 'page_cache', 'lru', 'migration', 'gup_get', 'gup_pin', 'driver', 'io', 'unknown'],
    about:
      'What the reference that was taken or dropped is for, by the rules in force. A get is a pin for gup_pin alone.',
    example: 'class:gup_pin,driver',
    unknown: 'class:unknown is a class: no rule knows the stack. Events that change no count do not match',
  },
  {
    id: 'hold',
    aliases: [],
    type: 'word',
    words: ['open', 'closed', 'before'],
    about:
      'open: a get with no put in the trace; closed: both are there; before: a put whose get lies before the trace.',
    example: 'hold:open',
    unknown: 'unknown while references of the page are still being paired; events of no hold do not match',
  },
  {
    id: 'noise',
    aliases: [],
    type: 'word',
    words: ['yes', 'no'],
    about: 'Whether all holds that the event begins or ends are hidden among the pinners: expected, or short.',
    example: 'noise:no',
    unknown: 'unknown while references of the page are still being paired; events of no hold do not match',
  },
  {
    id: 'comm',
    aliases: ['task'],
    type: 'text',
    about: 'Name of the task.',
    example: 'comm:cuda*',
    unknown: 'unknown where the trace prints <...>',
  },
  {
    id: 'pid',
    aliases: ['tid'],
    type: 'number',
    about: 'The thread, as traced; 0 is the idle task.',
    example: 'pid:1642',
    unknown: 'unknown where the line has none',
  },
  {
    id: 'cpu',
    aliases: [],
    type: 'number',
    about: 'The CPU that the event was on.',
    example: 'cpu:0-3',
    unknown: 'unknown where the line has none',
  },
  {
    id: 'irq',
    aliases: [],
    type: 'word',
    words: ['task', 'softirq', 'hardirq', 'nmi'],
    about: 'The context that the event ran in.',
    example: 'irq:softirq',
    unknown: 'unknown where the file has no flags column',
  },
  {
    id: 'time',
    aliases: ['t'],
    type: 'time',
    about: 'The time as the file prints it; both ends of a range belong to it.',
    example: 'time:1.575185-1.6',
    unknown: 'every event has one',
  },
  {
    id: 'near',
    aliases: [],
    type: 'duration',
    about: 'How far the event is from the nearest failure, before or after: ns, us, ms or s.',
    example: 'near<10ms',
    unknown: 'unknown where no failure has a time on the clock of the trace',
  },
  {
    id: 'lost',
    aliases: [],
    type: 'word',
    words: ['yes', 'no'],
    about: 'Whether the kernel lost events around this one: it lies inside of a loss, of any CPU.',
    example: 'lost:yes',
    unknown: 'losses without an end reach to the end of the trace',
  },
  {
    id: 'file',
    aliases: [],
    type: 'text',
    about: 'Name of the file.',
    example: 'file:trace.txt',
    unknown: 'every event has one',
  },
  {
    id: 'line',
    aliases: [],
    type: 'number',
    about: 'Number of the line in its file.',
    example: 'line:8127',
    unknown: 'every event has one',
  },
  {
    id: 'any',
    aliases: ['text'],
    type: 'text',
    about: 'A bare word asks this: event, comm, pid, function, module, flags or other arguments. Ignores case.',
    example: 'nvidia',
    unknown: 'what is not recorded does not match',
  },
] as const satisfies readonly FilterFieldDoc[]

/** Id of a field. */
export type FilterFieldId = (typeof FILTER_FIELDS)[number]['id']

/** One rule of the language, with an example. */
export interface FilterSyntaxDoc {
  readonly what: string
  readonly example: string
  readonly about: string
}

/** How terms are written and joined. */
export const FILTER_SYNTAX: readonly FilterSyntaxDoc[] = [
  { what: 'term', example: 'op:freeze', about: 'field, colon, value. A bare word looks everywhere.' },
  { what: 'and', example: 'op:freeze ret:0', about: 'Terms beside each other must all hold. and may be written, too.' },
  { what: 'or', example: 'cpu:0 or cpu:4', about: 'or, | and || mean the same; and binds closer.' },
  { what: 'not', example: '-comm:kswapd0', about: 'not, - or ! before a term or a parenthesis.' },
  { what: '( )', example: '(leaf:do_tee | leaf:iter_to_pipe) count>3', about: 'Parentheses group.' },
  { what: ',', example: 'op:set,mod', about: 'Alternatives of one field.' },
  { what: '-', example: 'pfn:0x17800-0x17c00', about: 'A range. Of pfn and addr it ends before its second value.' },
  {
    what: '> >= < <= = !=',
    example: 'count>3',
    about: 'Comparisons of numbers, times and durations; != also of text.',
  },
  { what: '*', example: 'comm:cuda*', about: 'Stands for any characters; the value must fit as a whole.' },
  { what: '~', example: 'stack:~nvidia', about: 'Is contained. Ignores case.' },
  {
    what: '/ /',
    example: 'stack:/^nv_(un)?map/',
    about: 'A regular expression of JavaScript, without (?=a) and \\1; /x/i ignores case.',
  },
  {
    what: '" "',
    example: 'comm:"Web Content"',
    about: 'Quotes keep blanks, commas and * as they are; \\" and \\\\ in them.',
  },
  {
    what: 'unknown',
    example: 'excess>0',
    about:
      'What the capture does not tell is neither a match nor the opposite of one; the bar says how many events that is.',
  },
]
