import { type RecordTrigger } from '../../../queries/record/record-question.ts'

/** What fails, as the form says it. */
export const TRIGGER_LABELS: Readonly<Record<RecordTrigger, string>> = {
  cma: 'a CMA allocation',
  offline: 'a memory block going offline',
  compaction: 'compaction',
  hugetlb: 'huge pages',
  wait: 'whatever comes by itself',
}
