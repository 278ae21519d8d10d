import { type FormatId } from '../model/source-file.ts'

const LABELS: Readonly<Record<FormatId, string>> = {
  ftrace: 'ftrace text',
  perf_script: 'perf script text',
  page_owner: 'page_owner dump',
  page_pinner: 'page_pinner dump',
  dmesg: 'kernel log',
  pfn_window: 'PFN window',
  unknown: 'no known kind',
}

/** What a person calls a kind of file. */
export function formatLabel(format: FormatId): string {
  return LABELS[format]
}
