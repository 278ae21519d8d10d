import { type TraceFormat } from '../format.ts'
import { kallsyms } from '../kallsyms/kallsyms.ts'
import { iomem } from '../machine/iomem.ts'
import { MACHINE_NOTES } from '../machine/machine-notes.ts'
import { pagetypeinfo } from '../machine/pagetypeinfo.ts'
import { zoneinfo } from '../machine/zoneinfo.ts'
import { pageTypes } from '../page-types/page-types.ts'
import { pfnWindow } from '../pfn-window.ts'
import { pageOwnerSort } from '../stack-totals/page-owner-sort.ts'
import { pageOwnerStacks } from '../stack-totals/page-owner-stacks.ts'

/** A part of a mixed text whose lines are known one by one. */
interface PlainPart {
  readonly format: TraceFormat
  /** A line that can be nothing else. */
  readonly sign: RegExp
  /** Lines that would be nothing without one of those before them. */
  readonly goesOn?: RegExp
  /** A blank line stands within the part, or is told to its reader as the end of a block; else the part is over. */
  readonly blank?: 'inside' | 'told'
  /** Lines of another part's looks that belong to this one while it is open. */
  readonly covers?: RegExp
  /** Puts back the blanks or tabs that a page or a mail program changed. */
  readonly mend?: (text: string) => string
}

const noteOf = (label: string): TraceFormat =>
  MACHINE_NOTES.find((format) => format.label === label) ?? MACHINE_NOTES[0]
const RANGE = /^\s*[0-9a-f]{8,16}-[0-9a-f]{8,16} : \S/
const LIST_HEADER = String.raw`(?:(?:voffset|foffset|cgroup|map-cnt)\s+)*offset\s+(?:len\s+)?flags\s*$`
const LIST_ROW = String.raw`(?:[0-9a-f@]+\s+){1,5}[A-Za-z_]{30,}\s*$`

const PARTS = {
  pagetypeinfo: {
    format: pagetypeinfo,
    sign: /^(?:Page block order: \d+\s*$|Number of blocks type\s|Node\s+\d+, zone\s+\S+, type\s+\S)/,
    goesOn: /^(?:Pages per block:|Free pages count per migrate type|Node\s+\d+, zone|Number of (?:mixed )?blocks)/,
    blank: 'inside',
    covers: /^Node \d+, zone\s+\S+(?:\s+\d+)+\s*$/,
  },
  zoneinfo: {
    format: zoneinfo,
    sign: /^Node \d+, zone\s+\S+\s*$/,
    goesOn:
      /^(?:\s+\S|(?:pages free|per-node stats|boost|min|low|high|spanned|present|managed|cma|protection:|start_pfn:|n(?:r|uma)_\w+)\s)/,
    mend: (text) => text.replace(/^(?=[a-z])/, ' '),
  },
  buddyinfo: { format: noteOf('buddyinfo'), sign: /^Node \d+, zone\s+\S+(?:\s+\d+){4,}\s*$/ },
  meminfo: {
    format: noteOf('meminfo'),
    sign: /^(?:Mem(?:Total|Free|Available)|Cma(?:Total|Free)|HugePages_Total):\s+\d+(?: kB)?\s*$/,
    goesOn: /^[A-Z]\w+(?:\(\w+\))?:\s+\d+(?: kB)?\s*$/,
  },
  modules: { format: noteOf('modules'), sign: /^\w+ \d+ -?\d+ \S+ (?:Live|Loading|Unloading) 0x[0-9a-f]+/ },
  uname: { format: noteOf('uname'), sign: /^Linux (?!version )\S+ \d+\.\d+\S* .*#\d+.*\d{4}\b/ },
  cmdline: { format: noteOf('cmdline'), sign: /^BOOT_IMAGE=\S+ \S/ },
  iomem: { format: iomem, sign: RANGE },
  kallsyms: {
    format: kallsyms,
    sign: /^(?:[0-9a-f]{16}|[0-9a-f]{8}) [tTrRdDbBwWaAvV] [\w.$]{2,}(?:\s\[[^\]\s]+\])?\s*$/,
  },
  page_types: {
    format: pageTypes,
    sign: new RegExp(String.raw`^(?:${LIST_HEADER}|\s*flags\tpage-count\s|${LIST_ROW})`),
    goesOn: /^(?:[0-9a-f]+\t|0x[0-9a-f]{16}\t\s*\d|\s+total\t\s*\d)/,
    mend: (text) => (text.includes('\t') ? text : text.trim().replaceAll(/ +/g, '\t')),
  },
  page_owner_sort: {
    format: pageOwnerSort,
    sign: /^\d+ times(?::\s*$|, \d+ pages(?:[,:]|\s*$))/,
    covers:
      /^(?:Page allocated via |PFN |Page has been migrated|Slab cache page|Charged |handle: |\s*(?:\[<[0-9a-f]+>\] )?\S+\+0x[0-9a-f]+\/0x)/,
  },
  page_owner_stacks: {
    format: pageOwnerStacks,
    sign: /^(?:nr_base_pages|stack_count): \d+\s*$/,
    blank: 'told',
  },
  pfn_window: { format: pfnWindow, sign: /^\s*start_pfn=(?:0x[0-9a-f]+|\d+)[\s,]+end_pfn=(?:0x[0-9a-f]+|\d+)\b/i },
} satisfies Readonly<Record<string, PlainPart>>

/** The formats of state dumps and notes. */
export type PlainKind = keyof typeof PARTS

/** How each of them is known and read. */
export const PLAIN_PARTS: Readonly<Record<PlainKind, PlainPart>> = PARTS

const KINDS = Object.keys(PARTS) as PlainKind[] // the keys of a literal

/** The kind of a line that can be nothing else. */
export function plainSignOf(text: string): PlainKind | undefined {
  return KINDS.find((kind) => PLAIN_PARTS[kind].sign.test(text))
}

/** True for kinds of this table. */
export function isPlain(kind: string): kind is PlainKind {
  return kind in PARTS
}
