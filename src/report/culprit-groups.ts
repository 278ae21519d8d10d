import { counted } from '../base/counted.ts'
import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { findTriage } from '../queries/triage.ts'
import { type TriageGroupRow } from '../queries/triage-rows.ts'

/** Failed ranges with one culprit. */
export interface CulpritGroup {
  readonly row: TriageGroupRow
  /** Ids of its ranges, in time order. */
  readonly rangeIds: readonly string[]
}

/** Groups printed as text. */
const GROUPS_SHOWN = 40
/** Numbers of ranges on the line of a group. */
const NUMBERS_SHOWN = 24

/** The failed ranges by culprit, as the screen groups them: those who block most first, whom nobody can name last. */
export function culpritGroups(trace: Trace, derived: Derived): readonly CulpritGroup[] {
  const { rows } = findTriage(trace, derived, {
    thresholdNs: derived.thresholdNs,
    grouping: 'culprit',
    filter: '',
    sort: 'blocked',
    isDescending: true,
    isFolded: false,
    except: [],
    offset: 0,
    limit: Number.MAX_SAFE_INTEGER,
  })
  const ids = new Map<string, string[]>()
  for (const row of rows) {
    if (row.kind === 'group') ids.set(row.key, [])
    else ids.get(row.group)?.push(row.id)
  }
  return rows.flatMap((row) => (row.kind === 'group' ? [{ row, rangeIds: ids.get(row.key) ?? [] }] : []))
}

/** `leaky_grab [leaky]  drv-9  blocks 14 ranges, 14 pages; leak; very likely 0.99: 1, 2, 5`; nothing for a single range, which says it itself. */
export function culpritGroupLines(
  groups: readonly CulpritGroup[],
  numberOf: ReadonlyMap<string, number>,
): readonly string[] {
  if (numberOf.size < 2) return []
  const shown = groups.slice(0, GROUPS_SHOWN)
  const more = groups.length - shown.length
  return [
    `Failed ranges by culprit (${counted(groups.length, 'group')} over ${numberOf.size} failed ranges)`,
    ...shown.map((group) => `   ${groupLine(group, numberOf)}`),
    ...(more === 0 ? [] : [`   … ${counted(more, 'more group')}, all in --json`]),
    '',
  ]
}

function groupLine({ row, rangeIds }: CulpritGroup, numberOf: ReadonlyMap<string, number>): string {
  const { title, blocks, ranges, attempts, pages, confidence, confidenceWord, culprit } = row
  const tries = attempts > ranges ? `, ${counted(attempts, 'attempt')}` : ''
  const together = culprit?.standing === 'any_of' ? ' together' : ''
  const sure = confidence === 0 ? confidenceWord : `${confidenceWord} ${confidence.toFixed(2)}${together}`
  const hold = holdText(row)
  const numbers = rangeIds.flatMap((id) => numberOf.get(id) ?? [])
  const left = numbers.length - NUMBERS_SHOWN
  const where = `${numbers.slice(0, NUMBERS_SHOWN).join(', ')}${left > 0 ? `, … ${left} more` : ''}`
  return `${title}  ${blocks}${tries}, ${counted(pages, 'page')}; ${hold}${sure}: ${where}`
}

const KIND_WORDS = { leak: 'leak', long_term: 'long-term', transient: 'transient', unknown: '' } as const

function holdText({ holdKind, taskGone, longest }: TriageGroupRow): string {
  const kind = holdKind === undefined ? '' : KIND_WORDS[holdKind]
  if (kind === '') return ''
  if (holdKind !== 'leak') return longest === '' ? `${kind}; ` : `${kind} ${longest}; `
  return `${kind}${taskGone ? ', its task is gone' : ''}${longest === '' ? '' : `, others up to ${longest}`}; `
}
