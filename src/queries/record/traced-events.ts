import { type RecordTrigger } from './record-question.ts'
import { isSince } from './release-facts.ts'

/** Events that tell where the kernel looked for free pages and what it moved; they carry no PFN to filter by. */
const COMPACTION = [
  'begin',
  'end',
  'try_to_compact_pages',
  'deferred',
  'defer_compaction',
  'isolate_migratepages',
  'migratepages',
].map((name) => `compaction/mm_compaction_${name}`)

/**
 * Events beside page_ref, as folders of `events/`: what tells of the attempt, and of tasks that exit with a reference. Not
 * `migrate` as a whole: set_migration_pte and remove_migration_pte fire for each page table entry of the machine.
 */
export function attemptEvents(trigger: RecordTrigger, release: number): readonly string[] {
  return [
    'page_isolation/test_pages_isolated',
    'cma',
    'migrate/mm_migrate_pages',
    ...(isSince(release, 'migrateStart') ? ['migrate/mm_migrate_pages_start'] : []),
    ...(isSince(release, 'contigInfo') ? ['kmem/mm_alloc_contig_migrate_range_info'] : []),
    'sched/sched_process_exit',
    ...(trigger === 'compaction' || trigger === 'hugetlb' ? COMPACTION : []),
  ]
}

/** Events that a failure shows in: what a trace instance waits for. Absent ones are left out when the commands run. */
export function failureEvents(release: number): readonly string[] {
  return ['page_isolation/test_pages_isolated', isSince(release, 'cmaStart') ? 'cma/cma_alloc_finish' : 'cma/cma_alloc']
}
