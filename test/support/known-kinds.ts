import { basename } from 'node:path'
import { type FormatId, type SourceFile } from '../../src/model/source-file.ts'

const NOTES =
  /^((buddyinfo|cmdline|meminfo|modules|threshold|trace_options|trace_stats|uname|vmstat-(after|before))\.txt|(perf|trace-cmd)\.log)$/

/** What no reader is for: what was known beforehand and the binary form of perf. */
const PLAIN = /^(truth\.json|perf\.data)$/

/** What the naming of recorded captures says a file is; the reader never sees the name. */
function kindOf(path: string): FormatId | 'untold' {
  const name = basename(path).replace(/\.gz$/, '')
  if (/^page_owner(_full|-big)?\.txt$/.test(name)) return 'page_owner'
  if (name === 'dmesg.txt') return 'dmesg'
  if (name === 'window.txt') return 'pfn_window'
  if (name === 'kallsyms.txt') return 'kallsyms'
  if (name === 'page_owner_stacks.txt') return 'page_owner_stacks'
  if (name === 'pagetypeinfo.txt') return 'pagetypeinfo'
  if (name === 'zoneinfo.txt') return 'zoneinfo'
  if (name.startsWith('page-types')) return 'page_types'
  if (NOTES.test(name)) return 'machine_notes'
  if (name.startsWith('kpage')) return 'kpage'
  if (PLAIN.test(name)) return 'unknown'
  if (name === 'trace.dat') return 'trace_dat'
  if (name === 'perf-script.txt') return 'perf_script'
  if (/^(longterm_pinner|alloc_contig_failed)\.txt$/.test(name)) return 'page_pinner'
  return name === 'trace.txt' || name === 'trace-big.txt' ? 'ftrace' : 'untold'
}

/** What is wrong with how a file of a recorded capture was read, in words; empty when nothing is. */
export function wrongsOf(file: SourceFile): readonly string[] {
  const kind = kindOf(file.name)
  const { total, parsed, skipped, rejected } = file.ledger
  const wrongs = [
    ...(kind === file.format ? [] : [`taken for ${file.format}, should be ${kind}`]),
    ...(rejected > 0 ? [`${rejected} lines refused`] : []),
    ...(parsed + skipped + rejected === total ? [] : ['lines are lost']),
    ...file.damage.map(({ message }) => message),
  ]
  return wrongs.map((wrong) => `${file.name}: ${wrong}`)
}
