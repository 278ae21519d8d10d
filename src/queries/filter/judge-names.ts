import { assertUnreachable } from '../../base/assert.ts'
import { oncePer } from '../../base/once-per.ts'
import { migratetypeNames } from '../../derive/migratetype-names.ts'
import { EVENT_KINDS } from '../../model/event-kind.ts'
import { type Trace } from '../../model/trace.ts'
import { type FilterError, type FilterNode, type FilterTerm } from './filter-node.ts'
import { readNumberRange } from './filter-number.ts'

/**
 * What a filter asks for that cannot be in this capture, because the names are a closed list: events that neither the files
 * nor the kernel's list here know, and migratetypes. Patterns may fit nothing. O(terms + names).
 */
export function judgeNames(trace: Trace, node: FilterNode | undefined): readonly FilterError[] {
  if (node === undefined) return []
  switch (node.kind) {
    case 'term':
      return judgeTermNames(trace, node)
    case 'not':
      return judgeNames(trace, node.part)
    case 'and':
    case 'or':
      return node.parts.flatMap((part) => judgeNames(trace, part))
    default:
      return assertUnreachable(node)
  }
}

function judgeTermNames(trace: Trace, { field, values }: FilterTerm): readonly FilterError[] {
  if (field !== 'op' && field !== 'mt') return []
  return values.flatMap((value) => {
    if (value.kind !== 'exact') return []
    const message = field === 'op' ? operationObjection(trace, value.text) : migratetypeObjection(trace, value.text)
    return message === undefined ? [] : [{ start: value.start, end: value.end, message }]
  })
}

/** What is in front of the operation in the name of a page_ref event; some trees say folio. */
const PREFIX = /^(?:page|folio)_ref_/

const KERNEL_NAMES: readonly string[] = EVENT_KINDS.filter((name) => name !== 'other')
const OPERATIONS: readonly string[] = KERNEL_NAMES.filter((name) => PREFIX.test(name)).map((name) =>
  name.replace(PREFIX, ''),
)
const KNOWN: ReadonlySet<string> = new Set([
  ...KERNEL_NAMES,
  ...OPERATIONS,
  ...OPERATIONS.map((name) => `folio_ref_${name}`),
])

function operationObjection(trace: Trace, text: string): string | undefined {
  const inFiles = eventNames(trace)
  if (KNOWN.has(text) || inFiles.has(text)) return undefined
  const others = [...inFiles].filter((name) => !PREFIX.test(name)).toSorted()
  return `no such operation: ${[...OPERATIONS, ...others].join(', ')}`
}

/** Names of all events of the files. */
const eventNames = oncePer(({ shapes, strings }: Trace): ReadonlySet<string> => {
  const names = new Set<string>()
  for (let shape = 0; shape < shapes.length; shape++) names.add(strings.text(shapes.name[shape]))
  return names
})

function migratetypeObjection(trace: Trace, text: string): string | undefined {
  if (readNumberRange(text) !== undefined) return undefined
  const names = migratetypeNames(trace)
  return names.includes(text) ? undefined : `no such migratetype: ${names.join(', ')}`
}
