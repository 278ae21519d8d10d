import { ftrace } from './ftrace/ftrace.ts'
import { type Head, type TraceFormat } from './format.ts'
import { dmesg } from './dmesg/dmesg.ts'
import { pageOwner } from './page-owner/page-owner.ts'
import { perfScript } from './perf-script/perf-script.ts'
import { pfnWindow } from './pfn-window.ts'

/**
 * Every format that is read, in the order of asking: the narrowest sniff first. A file is known by its content, never
 * by its name. Known but not read yet, see `recognised.ts`: perf.data, trace.dat, page_pinner, page-types,
 * kpageflags and kpagecount, page_owner_stacks, pagetypeinfo, buddyinfo, zoneinfo, kallsyms.
 */
export const FORMATS: readonly TraceFormat[] = [pfnWindow, pageOwner, perfScript, ftrace, dmesg]

/** The format of a text that begins with `head`, or undefined. */
export function formatOf(head: Head): TraceFormat | undefined {
  return FORMATS.find((format) => format.sniff(head))
}
