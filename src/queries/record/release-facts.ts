import { releaseNumber } from '../../model/kernel-release.ts'

/** What recording depends on and differs by release. `since` counts like `releaseNumber`: 5_013 is 5.13. */
export interface ReleaseFact {
  readonly since: number
  /** What is so from then on. */
  readonly what: string
  /** Where the kernel says so. */
  readonly source: string
}

/** Releases that the commands are checked for, first and last. */
export const FIRST_RELEASE = 5_004
export const LAST_RELEASE = 6_012

/**
 * Facts by release. Where the release of a change is not certain it is placed late: the commands of the kernel before work on
 * the newer one too.
 */
const RELEASE_FACTS = {
  bootTrace: {
    since: 5_006,
    what: 'a boot config can set up a trace instance with filters',
    source: 'Documentation/trace/boottime-trace.rst',
  },
  migrateStart: {
    since: 5_007,
    what: 'mm_migrate_pages_start tells when a migration begins',
    source: 'include/trace/events/migrate.h',
  },
  contigDump: {
    since: 5_013,
    what: 'alloc_contig_range() dumps the pages that did not migrate, when dynamic debug asks',
    source: 'mm/page_alloc.c alloc_contig_dump_pages()',
  },
  cmaStart: {
    since: 5_013,
    what: 'cma_alloc became cma_alloc_start, cma_alloc_busy_retry and cma_alloc_finish, with the name of the area',
    source: 'include/trace/events/cma.h',
  },
  instanceTriggers: {
    since: 5_018,
    what: 'the triggers stacktrace and traceoff act on the instance that they are set in, and not on the top buffer',
    source: 'kernel/trace/trace_events_trigger.c',
  },
  ownerSeek: {
    since: 6_002,
    what: 'page_owner can be read from a PFN on: the file offset is the PFN',
    source: 'mm/page_owner.c lseek_page_owner()',
  },
  ownerStacks: {
    since: 6_009,
    what: 'page_owner_stacks tells how many pages each stack has',
    source: 'mm/page_owner.c page_owner_stack_op',
  },
  contigInfo: {
    since: 6_010,
    what: 'mm_alloc_contig_migrate_range_info tells what alloc_contig_range() migrated',
    source: 'include/trace/events/kmem.h',
  },
} as const satisfies Readonly<Record<string, ReleaseFact>>

export type ReleaseFactId = keyof typeof RELEASE_FACTS

/** True when a kernel of this release (`releaseNumber`) is so. */
export function isSince(release: number, fact: ReleaseFactId): boolean {
  return release >= RELEASE_FACTS[fact].since
}

/** `6.1`, `5.10.160-android12-9`: what may be typed as a kernel; undefined when it names no release. */
export function parseKernel(text: string): { readonly text: string; readonly release: number } | undefined {
  const kernel = text.trim()
  const release = /^\d{1,3}\.\d{1,4}[\w.+~-]{0,60}$/.test(kernel) ? releaseNumber(kernel) : undefined
  return release === undefined ? undefined : { text: kernel, release }
}
