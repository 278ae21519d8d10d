import { isTarHeader } from './archives/tar-header.ts'
import { isZip } from './archives/zip-directory.ts'
import { ftrace } from './ftrace/ftrace.ts'
import { isTracePage } from './ftrace/trace-page.ts'
import { type BinaryFormat, type Head, type TraceFormat } from './format.ts'
import { dmesg } from './dmesg/dmesg.ts'
import { kpage } from './kpage/kpage.ts'
import { kallsyms } from './kallsyms/kallsyms.ts'
import { cma } from './machine/cma.ts'
import { iomem } from './machine/iomem.ts'
import { MACHINE_NOTES } from './machine/machine-notes.ts'
import { pagetypeinfo } from './machine/pagetypeinfo.ts'
import { zoneinfo } from './machine/zoneinfo.ts'
import { isMixed, mixed } from './mixed/mixed.ts'
import { pageOwner } from './page-owner/page-owner.ts'
import { pagePinner } from './page-pinner/page-pinner.ts'
import { pageTypes } from './page-types/page-types.ts'
import { perfScript } from './perf-script/perf-script.ts'
import { pfnWindow } from './pfn-window.ts'
import { pageOwnerSort } from './stack-totals/page-owner-sort.ts'
import { pageOwnerStacks } from './stack-totals/page-owner-stacks.ts'
import { traceDat } from './trace-dat/trace-dat.ts'

/**
 * Every format that is read, in the order of asking: the narrowest sniff first. A file is known by its content, never
 * by its name; `cma` alone asks for the path too. Known but not read, see `recognised.ts`.
 */
export const FORMATS: readonly TraceFormat[] = [
  cma,
  ...MACHINE_NOTES,
  iomem,
  zoneinfo,
  pagetypeinfo,
  pfnWindow,
  kallsyms,
  pageTypes,
  pageOwnerSort,
  pageOwnerStacks,
  pageOwner,
  pagePinner,
  perfScript,
  ftrace,
  dmesg,
  mixed,
]

/** Every binary format that is read. They are asked before the texts: each has bytes that no text has. */
export const BINARY_FORMATS: readonly BinaryFormat[] = [traceDat, kpage]

/** The binary format of a file that begins with `head`, or undefined. */
export function binaryFormatOf(head: Head): BinaryFormat | undefined {
  return BINARY_FORMATS.find((format) => format.sniff(head))
}

/** The format of a text that begins with `head`, or undefined. */
export function formatOf(head: Head, path = ''): TraceFormat | undefined {
  if (isZip(head.bytes) || isTarHeader(head.bytes)) return undefined // lines of its members are not its own
  return isMixed(head) && !isTracePage(head) ? mixed : FORMATS.find((format) => format.sniff(head, path))
}

/** The text format of an id, which a slice tells of its files: a few lines alone may say less than the whole file did. */
export function formatNamed(id: string | undefined): TraceFormat | undefined {
  return FORMATS.find((format) => format.id === id)
}
