import { LAST_REF_KIND, FREEZE, MOD_AND_RETURN, MOD_AND_TEST, MOD_UNLESS, OTHER } from '../../model/event-kind.ts'
import { type StringInterner } from '../../model/string-table.ts'
import { type EventName, EventNames } from '../ftrace/event-names.ts'
import { type PageFlagBits } from '../page-flag-bits.ts'
import { type EventFormat, type Field, findField, parseEventFormat } from './event-format.ts'
import { flagBitsOf } from './flag-names.ts'

/** Fields that events about pages are read for; absent where the format has none of the name. */
export interface PageFields {
  readonly pfn: Field | undefined
  readonly flags: Field | undefined
  readonly count: Field | undefined
  readonly mapcount: Field | undefined
  readonly mapping: Field | undefined
  readonly mt: Field | undefined
  readonly val: Field | undefined
  readonly ret: Field | undefined
  readonly order: Field | undefined
}

/** One event of the file: how its records lie, and what becomes of them. */
export interface EventType {
  readonly format: EventFormat
  readonly name: EventName
  readonly fields: PageFields
  /** Undefined where page flags stay hex. */
  readonly flagBits: PageFlagBits | undefined
  /** False for a page reference event that lacks a field without which it says nothing. */
  readonly isWhole: boolean
}

/** Every event of the file by its id. Ids differ from boot to boot: only the format texts tell. */
export function eventTypes(
  formats: readonly string[],
  uname: string,
  strings: StringInterner,
): ReadonlyMap<number, EventType> {
  const names = new EventNames(strings)
  const types = new Map<number, EventType>()
  for (const text of formats) {
    const format = parseEventFormat(text)
    if (format !== undefined) types.set(format.id, eventType(format, uname, names, strings))
  }
  return types
}

function eventType(format: EventFormat, uname: string, names: EventNames, strings: StringInterner): EventType {
  const bytes = new TextEncoder().encode(`${format.name}:`)
  const name: EventName = names.find(bytes, 0) ?? {
    name: strings.intern(format.name),
    kind: OTHER,
    family: 'plain',
    bytes,
  }
  const fields = pageFields(format)
  return { format, name, fields, flagBits: flagBitsOf(format, uname), isWhole: isWhole(name, fields) }
}

function pageFields(format: EventFormat): PageFields {
  const field = (name: string): Field | undefined => findField(format, name)
  return {
    pfn: field('pfn'),
    flags: field('flags'),
    count: field('count'),
    mapcount: field('mapcount'),
    mapping: field('mapping'),
    mt: field('mt'),
    val: field('val'),
    ret: field('ret'),
    order: field('order'),
  }
}

function isWhole({ family, kind }: EventName, { pfn, count, val, ret }: PageFields): boolean {
  if (family !== 'ref' && family !== 'pinner') return true
  const needsRet = kind === MOD_AND_TEST || kind === MOD_UNLESS || kind === FREEZE || kind === MOD_AND_RETURN
  const needsVal = kind <= LAST_REF_KIND
  return (
    pfn !== undefined && count !== undefined && (!needsVal || val !== undefined) && (!needsRet || ret !== undefined)
  )
}
