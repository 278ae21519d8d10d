import { type Brand } from '../base/brand.ts'

/** What an event is, by the name the kernel gives it. Page reference kinds come first: `kind <= LAST_REF_KIND`. */
export type EventKind = Brand<number, 'EventKind'>

/** The kinds in order; the position is the `EventKind`. `folio_ref_*` spellings are the same kinds. */
export const EVENT_KINDS = [
  'page_ref_set',
  'page_ref_mod',
  'page_ref_mod_and_test',
  'page_ref_mod_and_return',
  'page_ref_mod_unless',
  'page_ref_freeze',
  'page_ref_unfreeze',
  'test_pages_isolated',
  'cma_alloc_start',
  'cma_alloc_finish',
  'cma_alloc_busy_retry',
  'cma_alloc_info',
  'cma_alloc',
  'cma_release',
  'mm_page_alloc',
  'mm_page_free',
  'mm_page_free_batched',
  'mm_migrate_pages',
  'mm_compaction_begin',
  'mm_compaction_end',
  'mm_compaction_try_to_compact_pages',
  'mm_compaction_defer_compaction',
  'mm_compaction_defer_reset',
  'page_pinner_failure',
  'page_pinner_put',
  'other',
  'mm_compaction_deferred',
] as const

/** Name of a kind. */
export type EventKindName = (typeof EVENT_KINDS)[number]

/** The `EventKind` of a name in the list above. */
export function kindOf(name: EventKindName): EventKind {
  return EVENT_KINDS.indexOf(name) as EventKind
}

export const SET = kindOf('page_ref_set')
export const MOD = kindOf('page_ref_mod')
export const MOD_AND_TEST = kindOf('page_ref_mod_and_test')
export const MOD_AND_RETURN = kindOf('page_ref_mod_and_return')
export const MOD_UNLESS = kindOf('page_ref_mod_unless')
export const FREEZE = kindOf('page_ref_freeze')
export const UNFREEZE = kindOf('page_ref_unfreeze')
/** Events up to and including this kind are page references. */
export const LAST_REF_KIND = UNFREEZE
export const OTHER = kindOf('other')

/** True for the seven page_ref kinds. */
export function isRefKind(kind: EventKind): boolean {
  return kind <= LAST_REF_KIND
}
