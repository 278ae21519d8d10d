import { type FailureAnswer } from '../../queries/wire.ts'

/** What needed the range. */
export const TRIGGER_WORDS: Readonly<Record<FailureAnswer['trigger'], string>> = {
  cma: 'CMA allocation',
  offline: 'memory offlining',
  compaction: 'compaction',
  hugetlb: 'huge page allocation',
  contig: 'contiguous allocation',
  migration: 'migration',
  unknown: 'trigger not recorded',
}
