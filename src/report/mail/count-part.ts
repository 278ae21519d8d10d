import { formatPfn } from '../../base/pfn.ts'
import { counted } from '../../base/counted.ts'
import { REFERENCE_CLASSES } from '../../derive/attribution/reference-class.ts'
import { type LayerId, type TimelinePoint } from '../../queries/timeline.ts'
import { type BugReportFacts } from './bug-report-facts.ts'
import { factBlock } from './document-facts.ts'
import { type HoldAnswer } from '../../queries/wire.ts'
import { PIN_BIAS } from './holders-part.ts'
import { type CountTold, type PageTold } from './page-told.ts'
import { type Block, type ReportPart } from './report-part.ts'

const HOLDS_TOLD = 5

/** What the count of the first page is made of, against what migration expects, with the event that left it so. */
export function countPart(facts: BugReportFacts): ReportPart {
  const page = facts.pages.at(0)
  if (page === undefined) return { title: '', blocks: [] }
  const isTimed = facts.failure?.failure.time !== undefined
  const isMet = isTimed && page.count !== undefined && !page.count.isLast
  const when = isMet ? 'as migration met it' : isTimed ? 'at the failure' : 'at the end of the trace'
  const head = page.pfn === page.headPfn ? '' : `, counted on its head ${formatPfn(page.headPfn)}`
  return {
    title: `Count of pfn ${formatPfn(page.pfn)} ${when}${head}`,
    blocks: [...countBlocks(facts, page), ...stateBlocks(facts, page)],
  }
}

function countBlocks(facts: BugReportFacts, { count }: PageTold): readonly Block[] {
  if (count === undefined) {
    const text = 'not known: no page_ref event of this page is before that moment in these files'
    return [{ kind: 'text', text, level: 1 }]
  }
  const { point, line } = count
  const isUnmovable = facts.failure?.pages.at(0)?.verdict === 'unmovable'
  const how = point.isExact ? 'exact' : 'sampled beside the operation'
  const since = `count after ${point.operation} at ${point.text}, ${how}`
  const { made, more } = madeOf(count)
  const words = `count ${point.count}${made}; ${mappedText(point.mapcount)}; ${pinsText(point)}; ${isUnmovable ? 'not a matter of references' : judgedText(count)}`
  return [
    { kind: 'text', text: words, level: 1 },
    ...(more === '' ? [] : [{ kind: 'text', text: more, level: 1, keep: 79 } as const]),
    factBlock(facts, { ...line, text: since }, { keep: 58, shortKeep: 78, level: 1 }),
  ]
}

/**
 * ` = 1 leaky_grab (driver / DMA, trace.txt:13) + 1 …`: the holds in force, where they add up to the count. Else what is known of
 * its classes, and beside it the holds.
 */
function madeOf({ point, layers, holds }: CountTold): { readonly made: string; readonly more: string } {
  const told = holds.slice(0, HOLDS_TOLD).map(holdText)
  const isAll = told.length === holds.length && holds.reduce((sum, { units }) => sum + units, 0) === point.count
  if (isAll && told.length > 0) return { made: ` = ${told.join(' + ')}`, more: '' }
  const parts = layers.flatMap((id, at) => (point.units[at] === 0 ? [] : [`${point.units[at]} ${labelOf(id)}`]))
  const rest = holds.length > HOLDS_TOLD ? ` + ${counted(holds.length - HOLDS_TOLD, 'more hold')}` : ''
  return {
    made: parts.length === 0 ? '' : ` = ${parts.join(' + ')}`,
    more: told.length === 0 ? '' : `of these: ${told.join(' + ')}${rest}`,
  }
}

/** By its get; of a hold whose get lies before the trace the put's task and function took nothing, and are told as the put's. */
function holdText({ units, holder, class: of, getPlace, putPlace, anyOf }: HoldAnswer): string {
  const name = holder || 'no stack recorded'
  const set = anyOf === undefined ? '' : `, or another of ${anyOf} not told apart`
  if (getPlace !== undefined) return `${units} ${name} (${labelOf(of)}, ${getPlace.fileName}:${getPlace.line}${set})`
  const put = putPlace === undefined ? '' : `, put in ${name}, ${putPlace.fileName}:${putPlace.line}`
  return `${units} ${labelOf(of)} (get not in the trace${put})`
}

function pinsText({ pins }: TimelinePoint): string {
  return pins === 0 ? 'no FOLL_PIN pin' : `${counted(pins, 'FOLL_PIN pin')}, ${PIN_BIAS} each`
}

function mappedText(mapcount: number | undefined): string {
  return mapcount === undefined ? 'mappings not known' : counted(mapcount, 'mapping')
}

function judgedText({ point: { expected, excess = 0, gap, gapKind }, met }: CountTold): string {
  const judged =
    expected === undefined
      ? 'what migration expects is not known here'
      : `migration expects ${expected}, so ${excess === 0 ? 'none is' : `${excess} ${excess === 1 ? 'is' : 'are'}`} too many`
  const other = met === undefined || met === excess ? '' : `, but the kernel met ${met} too many then`
  if (gapKind !== 'missing') return `${judged}${other}`
  return `${judged}${other}; the event before it contradicts this count by ${counted(Math.abs(gap), 'reference')}: events are missing`
}

function labelOf(id: LayerId): string {
  return REFERENCE_CLASSES.find((entry) => entry.id === id)?.label ?? 'whose get no event shows'
}

/** Of a page that a failed range tells of, what the arrays and lists of pages say. */
function stateBlocks(facts: BugReportFacts, { states }: PageTold): readonly Block[] {
  if (facts.failure === undefined) return []
  return states.slice(0, 3).map((fact) => factBlock(facts, fact, { keep: 5, shortKeep: 48, level: 1 }))
}
