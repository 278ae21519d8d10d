/** What the kernel wanted of a page that it tried to freeze. `unknown`: a stack that no rule knows. `untold`: no stack. */
export type FreezePurpose =
  | 'migration'
  | 'reclaim'
  | 'split'
  | 'collapse'
  | 'invalidation'
  | 'pipe_steal'
  | 'hugetlb'
  | 'secure'
  | 'unknown'
  | 'untold'

/**
 * Who freezes the count of a page, by the function nearest to the tracepoint that a rule knows. Data, so that a kernel's
 * new name is one word here.
 */
export interface FreezeRule {
  readonly purpose: Exclude<FreezePurpose, 'unknown' | 'untold'>
  /** As a sentence begins: `migration by kcompactd0-34 was refused`. */
  readonly words: string
  /** The same in a word or two, for a cell of a table. */
  readonly label: string
  /** Function names, without what compilers add: who calls page_ref_freeze(), and what that may be inlined into. */
  readonly functions: RegExp
  /** True where the expected count has a reference of the one who tries, which nobody else's count has. */
  readonly countsOwn: boolean
}

/**
 * Every caller of page_ref_freeze() and folio_ref_freeze(), read in 6.1 and 6.12, and their names before (page_ref_freeze()
 * is of 4.6) and after. KSM, memory failure and GUP compare counts and freeze nothing. A function that is also on the way
 * to another one's freeze stands for itself only where it is the nearest: reclaim splits, migration splits and reclaims.
 */
export const FREEZE_RULES: readonly FreezeRule[] = [
  {
    // mm/migrate.c: __folio_migrate_mapping() and migrate_huge_page_move_mapping() (6.12), folio_migrate_mapping()
    // (5.17 to 6.9), migrate_page_move_mapping() (before).
    purpose: 'migration',
    words: 'migration',
    label: 'migration',
    functions:
      /^(?:(?:__)?folio_migrate_mapping|migrate_(?:huge_)?page_move_mapping|(?:__)?migrate_(?:folio|page)(?:_extra)?|(?:filemap|fallback|aio|iomap|hugetlbfs|nfs|btrfs|f2fs|ubifs)_migrate_(?:folio|page)|(?:__)?buffer_migrate_(?:folio|page)(?:_norefs)?|move_to_new_(?:folio|page)|migrate_folio_move|(?:__)?unmap_and_move(?:_huge_page)?|migrate_(?:pages(?:_batch|_sync)?|hugetlbs)|(?:__)?migrate_device_pages)$/,
    countsOwn: true,
  },
  {
    // mm/vmscan.c: __remove_mapping() under shrink_folio_list() (shrink_page_list() before 6.0), which also freezes lazily
    // freed pages itself.
    purpose: 'reclaim',
    words: 'reclaim',
    label: 'reclaim',
    functions: /^shrink_(?:folio|page)_list$/,
    countsOwn: true,
  },
  {
    // mm/huge_memory.c: split_huge_page_to_list() to 6.8, split_huge_page_to_list_to_order() to 6.13, __folio_split() since,
    // which __folio_freeze_and_split_unmapped() has been taken out of.
    purpose: 'split',
    words: 'the split of a large folio',
    label: 'split',
    functions:
      /^(?:split_huge_page(?:_to_list(?:_to_order)?)?|__folio_split|folio_split|__folio_freeze_and_split_unmapped|split_folio(?:_to_list(?:_to_order)?|_to_order)?)$/,
    countsOwn: true,
  },
  {
    // mm/khugepaged.c: collapse_shmem() from 4.8, collapse_file() from 5.4; 6.12 compares the count instead.
    purpose: 'collapse',
    words: 'the collapse into a huge page',
    label: 'collapse',
    functions: /^(?:collapse_(?:file|shmem)|hpage_collapse_scan_file|khugepaged_scan_(?:file|shmem))$/,
    countsOwn: true,
  },
  {
    // mm/truncate.c: remove_mapping() for drop_caches, fadvise, memory failure.
    purpose: 'invalidation',
    words: 'the removal from the page cache',
    label: 'cache removal',
    functions: /^(?:mapping_evict_folio|invalidate_(?:inode_page|complete_page)|mapping_try_invalidate)$/,
    countsOwn: true,
  },
  {
    // fs/splice.c: remove_mapping() for who takes the page of a pipe for good (fs/fuse/dev.c).
    purpose: 'pipe_steal',
    words: 'taking the page out of a pipe',
    label: 'out of a pipe',
    functions: /^(?:page_cache_)?pipe_buf_(?:try_)?steal$/,
    countsOwn: true,
  },
  {
    // mm/hugetlb.c: a page just allocated is made a huge page only when nobody else has it.
    purpose: 'hugetlb',
    words: 'the making of a huge page',
    label: 'huge page',
    functions:
      /^(?:(?:only_)?alloc_(?:gigantic_(?:folio|page)|buddy_(?:hugetlb_folio|huge_page)|fresh_(?:hugetlb_folio|huge_page))|(?:__)?prep_compound_gigantic_(?:folio|page)\w*|hugetlb_folio_init_\w+)$/,
    countsOwn: true,
  },
  {
    // arch/s390/kernel/uv.c; whether the caller's own reference is expected changed in 6.14.
    purpose: 'secure',
    words: 'making the page secure for a guest',
    label: 'secure guest',
    functions: /^(?:(?:__)?make_(?:folio|page)_secure|make_secure_pte|make_hva_secure)$/,
    countsOwn: false,
  },
]

/** Functions that freeze for several: they tell only where a stack has no caller of theirs that does. */
export const REMOVES_FROM_CACHE = /^(?:__)?remove_mapping$/

/** An attempt to free a range reclaims its clean pages first (mm/page_alloc.c __alloc_contig_migrate_range()). */
export const RECLAIMS_FOR_RANGE = /^reclaim_clean_pages_from_list$/

/** What is done on the way of a migration is done for it, such as splitting (mm/migrate.c migrate_pages_batch()). */
export const MIGRATES = /^(?:migrate_pages(?:_batch|_sync)?|unmap_and_move)$/

/** Reclaim on the way of a migration is for the pages that it allocates, not for those that it moves. */
export const RECLAIMS = /^shrink_(?:folio|page)_list$/
