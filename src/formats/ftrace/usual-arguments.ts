import { type EventKindName, kindOf } from '../../model/event-kind.ts'
import { type EventName } from './event-names.ts'
import { findValue } from './key-value.ts'

/** What a field is called where TP_printk() says something else, and the names of its values. */
interface RawField {
  readonly key: string
  readonly usual: string
  readonly values?: readonly string[]
}

/** enum migrate_mode of include/linux/migrate_mode.h; 3 is the last one before 4.14 moved it, and until 6.11. */
const MODES = ['MIGRATE_ASYNC', 'MIGRATE_SYNC_LIGHT', 'MIGRATE_SYNC', 'MIGRATE_SYNC_NO_COPY']
/** enum migrate_reason, as include/trace/events/migrate.h names its values. */
const REASONS = [
  'compaction',
  'memory_failure',
  'memory_hotplug',
  'syscall_or_cpuset',
  'mempolicy_mbind',
  'numa_misplaced',
  'contig_range',
  'longterm_pin',
  'demotion',
  'damon',
]
/** enum compact_result of include/linux/compaction.h from 4.8 on. */
const STATUSES = [
  'not_suitable_zone',
  'skipped',
  'deferred',
  'no_suitable_page',
  'continue',
  'complete',
  'partial_skipped',
  'contended',
  'success',
]

const same = (key: string, values: readonly string[]): RawField => ({ key, usual: key, values })
const COMPACTION = [{ key: 'sync', usual: 'mode', values: ['async', 'sync'] }, same('status', STATUSES)]

/** Fields of include/trace/events/{migrate,compaction}.h, by event; `usual` is a name that TP_printk() always prints. */
const RAW_FIELDS: readonly (readonly [kind: EventKindName, usual: string, fields: readonly RawField[]])[] = [
  [
    'mm_migrate_pages',
    'nr_failed=',
    [
      ...['succeeded', 'failed', 'thp_succeeded', 'thp_failed', 'thp_split'].map((key) => ({
        key,
        usual: `nr_${key}`,
      })),
      { key: 'large_folio_split', usual: 'nr_split' },
      same('mode', MODES),
      same('reason', REASONS),
    ],
  ],
  ['mm_compaction_begin', 'mode=', COMPACTION],
  ['mm_compaction_end', 'mode=', COMPACTION],
  ['mm_compaction_try_to_compact_pages', 'priority=', [{ key: 'prio', usual: 'priority' }]],
]

/** `count=0x200 (512)`, `sync=(1)`, `c='a'(97)`: print_fields() of kernel/trace/trace_output.c. */
const BOTH = /\b(\w+)=(?:(\S+) \((-?\d+)\)|(?:'.')?\((-?\d+)\))/g
const FAILED = /^\s*\[FAILED TO PARSE\]\s*/
const ROUND_OPEN = 40
const OPEN = 91

/**
 * Arguments as TP_printk() would have said them, where they were printed field by field: by the trace option `fields`
 * (6.4 and later), by trace-cmd report -R, or because a tool could not read the event's print format. Others stay as
 * they are. PFNs stay hex; other numbers are decimal.
 *
 *     succeeded=0x3 (3) failed=0x4 (4) mode=0x2 (2) reason=0x6 (6)
 *     nr_succeeded=3 nr_failed=4 mode=MIGRATE_SYNC reason=contig_range
 */
export function usualArguments(text: string, name: EventName): string {
  const plain = text
    .replace(FAILED, '')
    .replace(BOTH, (_, key: string, hex: string, decimal: string, short: string) => {
      return `${key}=${/pfn|^zone_|^page$/.test(key) ? hex : (short ?? decimal)}`
    })
  const fields = RAW_FIELDS.find(([kind]) => kindOf(kind) === name.kind)?.[2]
  return fields === undefined ? plain : fields.reduce(withUsual, plain)
}

/** True where `usualArguments` may have something to change in `[start, end)`: others are taken as bytes. */
export function isRaw(name: EventName, bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === ROUND_OPEN || bytes[at] === OPEN) return true
  const usual = RAW_FIELDS.find(([kind]) => kindOf(kind) === name.kind)?.[1]
  return usual !== undefined && findValue(bytes, start, end, usual) < 0
}

function withUsual(text: string, { key, usual, values }: RawField): string {
  return text.replace(new RegExp(`(^|\\s)${key}=(\\S+)`), (_, before: string, value: string) => {
    return `${before}${usual}=${/^\d+$/.test(value) ? (values?.[Number(value)] ?? value) : value}`
  })
}
