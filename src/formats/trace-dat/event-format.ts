/** One field of an event's record, as its format text says. */
export interface Field {
  readonly name: string
  /** The C type, without the name: `unsigned long`, `__data_loc char[]`. */
  readonly type: string
  readonly offset: number
  readonly size: number
  readonly isSigned: boolean
  /** `field` for a value in place; `data` and `relative` for a place and length of what stands behind the fields. */
  readonly place: 'field' | 'data' | 'relative'
  /** True when it is an array: of characters it is text. */
  readonly isArray: boolean
}

/** One event's layout, of `events/<system>/<event>/format` (kernel/trace/trace_events.c f_show()). */
export interface EventFormat {
  readonly id: number
  readonly name: string
  readonly fields: readonly Field[]
  /** All behind `print fmt: `; empty when the text has none. */
  readonly printFormat: string
}

/**
 *     	field:unsigned long pfn;	offset:8;	size:8;	signed:0;
 *     	field:__data_loc char[] name;	offset:8;	size:4;	signed:0;
 */
const FIELD = /^\s*field:\s*([^;]+);\s*offset:\s*(\d+);\s*size:\s*(\d+);(?:\s*signed:\s*(\d+);)?/

/** Reads a format text; undefined when it names no event. */
export function parseEventFormat(text: string): EventFormat | undefined {
  const name = /^name:\s*(\S+)/m.exec(text)?.[1]
  const id = /^ID:\s*(\d+)/m.exec(text)?.[1]
  if (name === undefined || id === undefined) return undefined
  return { id: Number(id), name, fields: parseFields(text), printFormat: /^print fmt:\s*([^]*)/m.exec(text)?.[1] ?? '' }
}

/** The fields of a format text, or of `events/header_page`. */
export function parseFields(text: string): readonly Field[] {
  return text.split('\n').flatMap((line) => {
    const match = FIELD.exec(line)
    return match === null ? [] : [fieldOf(match[1].trim(), Number(match[2]), Number(match[3]), match[4] === '1')]
  })
}

/** The field of a name, or undefined. */
export function findField(format: EventFormat, name: string): Field | undefined {
  return format.fields.find((field) => field.name === name)
}

function fieldOf(declaration: string, offset: number, size: number, isSigned: boolean): Field {
  const match = /^(.*?)\s*\b(\w+)\s*((?:\[[^\]]*\]\s*)*)$/.exec(declaration)
  const type = match?.[1] ?? declaration
  const place = type.startsWith('__data_loc') ? 'data' : type.startsWith('__rel_loc') ? 'relative' : 'field'
  const isArray = (match?.[3] ?? '') !== '' || type.includes('[')
  return { name: match?.[2] ?? '', type, offset, size, isSigned, place, isArray }
}
