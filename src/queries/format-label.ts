import { type FormatId } from '../model/source-file.ts'

const LABELS: Readonly<Record<FormatId, string>> = {
  ftrace: 'ftrace text',
  trace_dat: 'trace.dat',
  perf_script: 'perf script text',
  page_owner: 'page_owner dump',
  page_pinner: 'page_pinner dump',
  dmesg: 'kernel log',
  pfn_window: 'PFN window',
  kallsyms: 'kernel symbols',
  page_types: 'page-types list',
  kpage: 'kpageflags or kpagecount',
  page_owner_stacks: 'page_owner_stacks',
  page_owner_sort: 'page_owner_sort groups',
  pagetypeinfo: 'pagetypeinfo',
  zoneinfo: 'zoneinfo',
  iomem: 'physical memory map',
  machine_notes: 'notes on the machine',
  cma: 'CMA area',
  mixed: 'mail or report with parts',
  unknown: 'no known kind',
}

/** What a person calls a kind of file. */
export function formatLabel(format: FormatId): string {
  return LABELS[format]
}
