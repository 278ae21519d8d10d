import { type ReferenceClassId } from '../derive/attribution/reference-class.ts'

/** Why holds of a class are hidden, and where the kernel reckons with them. */
export interface NoiseReason {
  readonly reason: string
  readonly source: string
}

/** One entry for each class that `REFERENCE_CLASSES` says is expected. */
export const NOISE_REASONS: Readonly<Partial<Record<ReferenceClassId, NoiseReason>>> = {
  allocation: {
    reason: 'the first reference of a page, which passes on to what the page is used for; migration reckons with it',
    source: 'mm/page_alloc.c post_alloc_hook(), mm/migrate.c folio_expected_ref_count()',
  },
  mapping: {
    reason: 'one reference a mapping; migration unmaps the page, which drops them, before it looks at the count',
    source: 'mm/rmap.c try_to_migrate()',
  },
  page_cache: {
    reason: 'one reference of the cache and one of private data; migration expects both and moves them',
    source: 'mm/migrate.c folio_expected_ref_count()',
  },
  lru: {
    reason: 'batches are drained before migration starts, and walks of the LRU let go at once',
    source: 'mm/swap.c lru_add_drain_all()',
  },
  migration: {
    reason: 'the reference that isolating a page takes, for migration, reclaim or a look at it',
    source: 'mm/compaction.c isolate_migratepages_block(), mm/migrate.c',
  },
}
