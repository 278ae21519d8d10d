import { isDigit } from '../../base/ascii.ts'
import { type EventKind, type EventKindName, kindOf, OTHER } from '../../model/event-kind.ts'
import { type StringId } from '../../model/ids.ts'
import { type StringInterner } from '../../model/string-table.ts'

/** How the arguments of an event are read. */
export type PayloadFamily =
  /** `pfn= flags= count= mapcount= mapping= mt= val= [ret=]` of include/trace/events/page_ref.h. */
  | 'ref'
  /** The same without `val=`: page_pinner_failure and page_pinner_put. */
  | 'pinner'
  /** `page= pfn= order= …` of include/trace/events/kmem.h; a bare pfn is decimal (before 5.15). */
  | 'page'
  /** Kept as printed; a bare `pfn=` is hex, as include/trace/events/cma.h printed it before 5.15 (`%lx`). */
  | 'cma'
  /** Kept as printed. */
  | 'kept'
  /** Kept by name; `pfn=` is read when there is one. */
  | 'plain'
  /** A marker or a printk line inside the trace: its text is not ours to read. */
  | 'opaque'
  /** The function tracers' lines, as trace-cmd report names them. */
  | 'function'
  /** Header of a kernel stack, as trace-cmd report names it. */
  | 'kernel_stack'
  /** Header of a user stack, as trace-cmd report names it. */
  | 'user_stack'

/** Every event that is read for more than its name: spelling, kind, family. One line per event. */
const EVENT_FAMILIES: readonly (readonly [name: string, kind: EventKindName, family: PayloadFamily])[] = [
  ['page_ref_set', 'page_ref_set', 'ref'],
  ['page_ref_mod', 'page_ref_mod', 'ref'],
  ['page_ref_mod_and_test', 'page_ref_mod_and_test', 'ref'],
  ['page_ref_mod_and_return', 'page_ref_mod_and_return', 'ref'],
  ['page_ref_mod_unless', 'page_ref_mod_unless', 'ref'],
  ['page_ref_freeze', 'page_ref_freeze', 'ref'],
  ['page_ref_unfreeze', 'page_ref_unfreeze', 'ref'],
  ['folio_ref_set', 'page_ref_set', 'ref'],
  ['folio_ref_mod', 'page_ref_mod', 'ref'],
  ['folio_ref_mod_and_test', 'page_ref_mod_and_test', 'ref'],
  ['folio_ref_mod_and_return', 'page_ref_mod_and_return', 'ref'],
  ['folio_ref_mod_unless', 'page_ref_mod_unless', 'ref'],
  ['folio_ref_freeze', 'page_ref_freeze', 'ref'],
  ['folio_ref_unfreeze', 'page_ref_unfreeze', 'ref'],
  ['page_pinner_failure', 'page_pinner_failure', 'pinner'],
  ['page_pinner_put', 'page_pinner_put', 'pinner'],
  ['mm_page_alloc', 'mm_page_alloc', 'page'],
  ['mm_page_free', 'mm_page_free', 'page'],
  ['mm_page_free_batched', 'mm_page_free_batched', 'page'],
  ['cma_alloc_start', 'cma_alloc_start', 'cma'],
  ['cma_alloc_finish', 'cma_alloc_finish', 'cma'],
  ['cma_alloc_busy_retry', 'cma_alloc_busy_retry', 'cma'],
  ['cma_alloc_info', 'cma_alloc_info', 'cma'],
  ['cma_alloc', 'cma_alloc', 'cma'],
  ['cma_release', 'cma_release', 'cma'],
  ['test_pages_isolated', 'test_pages_isolated', 'kept'],
  ['mm_migrate_pages', 'mm_migrate_pages', 'kept'],
  ['mm_compaction_begin', 'mm_compaction_begin', 'kept'],
  ['mm_compaction_end', 'mm_compaction_end', 'kept'],
  ['mm_compaction_try_to_compact_pages', 'mm_compaction_try_to_compact_pages', 'kept'],
  ['mm_compaction_deferred', 'mm_compaction_deferred', 'kept'],
  ['mm_compaction_defer_compaction', 'mm_compaction_defer_compaction', 'kept'],
  ['mm_compaction_defer_reset', 'mm_compaction_defer_reset', 'kept'],
  ['sched_process_exit', 'other', 'kept'],
  ['console', 'other', 'opaque'],
  ['print', 'other', 'opaque'],
  ['tracing_mark_write', 'other', 'opaque'],
  ['bprint', 'other', 'opaque'],
  ['bputs', 'other', 'opaque'],
  ['raw_data', 'other', 'opaque'],
  ['function', 'other', 'function'],
  ['funcgraph_entry', 'other', 'function'],
  ['funcgraph_exit', 'other', 'function'],
  ['kernel_stack', 'other', 'kernel_stack'],
  ['user_stack', 'other', 'user_stack'],
]

/** One event name as this file spells it. */
export interface EventName {
  readonly name: StringId
  readonly kind: EventKind
  readonly family: PayloadFamily
  readonly bytes: Uint8Array
}

const SLOTS = 1 << 9
const SLOT_MASK = SLOTS - 1
const COLON = 58

/**
 * Knows event names by their bytes, without making strings. `find` sets `end` to the colon behind the name.
 */
export class EventNames {
  /** Position of the colon behind the name that `find` took last. */
  end = 0
  readonly #strings: StringInterner
  readonly #families: ReadonlyMap<string, readonly [EventKindName, PayloadFamily]>
  readonly #slots: (EventName | undefined)[] = Array.from({ length: SLOTS })

  constructor(strings: StringInterner) {
    this.#strings = strings
    this.#families = new Map(EVENT_FAMILIES.map(([name, kind, family]) => [name, [kind, family]]))
  }

  /** The name that begins at `at` and ends with a colon, or undefined when no name stands there. The line ends with LF. */
  find(bytes: Uint8Array, at: number): EventName | undefined {
    let hash = 0
    let end = at
    for (;;) {
      const byte = bytes[end]
      if (byte === COLON) break
      if (!isNameByte(byte)) return undefined
      hash = (Math.imul(hash, 31) + byte) | 0
      end++
    }
    if (end === at || isDigit(bytes[at])) return undefined
    this.end = end
    const slot = (hash ^ (hash >>> 9)) & SLOT_MASK
    const known = this.#slots[slot]
    if (known !== undefined && isName(known.bytes, bytes, at, end)) return known
    const made = this.#make(bytes, at, end)
    this.#slots[slot] = made
    return made
  }

  #make(bytes: Uint8Array, start: number, end: number): EventName {
    const name = this.#strings.internBytes(bytes, start, end)
    const text = this.#strings.text(name)
    const [kind, family] = this.#families.get(text) ?? pinnerFamilyOf(text) ?? ['other', 'plain']
    return { name, kind: kind === 'other' ? OTHER : kindOf(kind), family, bytes: bytes.slice(start, end) }
  }
}

/**
 * page_pinner's failures by reason, as its patches proposed them (linux-mm, December 2021): `pp_alloc_contig_failure`,
 * `pp_compaction_failure`, and whatever reason comes next. Their arguments were never settled: kept as printed.
 */
function pinnerFamilyOf(name: string): readonly [EventKindName, PayloadFamily] | undefined {
  return name.startsWith('pp_') && name.endsWith('_failure') ? ['page_pinner_failure', 'kept'] : undefined
}

/** Letters, digits and `_ . + - /`: event names, and functions as trace_printk() puts them before its text. */
function isNameByte(byte: number): boolean {
  return (
    (byte >= 97 && byte <= 122) ||
    byte === 95 ||
    (byte >= 65 && byte <= 90) ||
    (byte >= 43 && byte <= 57 && byte !== 44)
  )
}

function isName(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false
  for (let at = 0; at < name.length; at++) if (name[at] !== bytes[start + at]) return false
  return true
}
