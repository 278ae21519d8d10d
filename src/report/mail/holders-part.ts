import { counted } from '../../base/counted.ts'
import { formatPfn } from '../../base/pfn.ts'
import { functionText } from '../../queries/stack-answer.ts'
import { taskText } from '../../queries/task-answer.ts'
import { type BlockingPageAnswer, type CulpritAnswer, type HoldAnswer, type StackAnswer } from '../../queries/wire.ts'
import { type BugReportFacts } from './bug-report-facts.ts'
import { factBlock } from './document-facts.ts'
import { type PageTold } from './page-told.ts'
import { type Block, type ReportPart } from './report-part.ts'

const HOLDERS_TOLD = 4
const FRAMES_TOLD = 8
const FACTS_TOLD = 6
/** How dear the facts of a holder are, with and without their lines: the get, what met the page, the put, what explains. */
const OWN_KEEPS = [
  [92, 99],
  [66, 90],
  [60, 82],
  [24, 50],
] as const
const OTHER_KEEPS = [
  [68, 87],
  [30, 54],
  [26, 52],
  [12, 40],
] as const
/** FOLL_PIN's share of a count (GUP_PIN_COUNTING_BIAS, include/linux/mm.h). */
export const PIN_BIAS = 1024

/** Who holds each page that is told, by which lines; and how many pages there are beside these. */
export function holdersPart(facts: BugReportFacts): ReportPart {
  const { failure, pages, askedPfn } = facts
  if (failure === undefined) {
    const told = pages.filter(({ isKnown }) => isKnown).flatMap((page) => alonePage(facts, page))
    return { title: askedPfn === undefined ? '' : 'What is known of the page', blocks: told }
  }
  const told = failure.pages.flatMap(({ culprits }) => culprits)
  return {
    title: titleOf(told),
    blocks: [...failure.pages.flatMap((page, at) => pageBlocks(facts, page, at)), ...othersBlocks(facts)],
  }
}

/** Who allocated a page, or attached its private data, holds nothing, and no title says so. */
function titleOf(told: readonly CulpritAnswer[]): string {
  if (told.length === 0) return 'Pages in the way'
  if (told.every(isAllocator)) return 'Who allocated it'
  return told.every(({ isPrivateData }) => isPrivateData) ? 'Who attached its private data' : 'Who holds it'
}

function pageBlocks(facts: BugReportFacts, page: BlockingPageAnswer, at: number): readonly Block[] {
  // The first page is what the mail is about; each further one is a little less dear.
  const less = at * 3
  const keep = at === 0 ? {} : { keep: 89 - less }
  const { culprits } = page
  const rest = culprits.length - HOLDERS_TOLD
  const told = new Set(culprits.slice(0, HOLDERS_TOLD).flatMap(({ evidence }) => evidence.map(({ text }) => text)))
  return [
    { kind: 'text', text: pageText(page, facts.pages[at]), level: 1, ...keep },
    ...culprits.slice(0, HOLDERS_TOLD).flatMap((culprit) => holderBlocks(facts, culprit, less)),
    ...(rest > 0 ? [{ kind: 'text', text: counted(rest, 'more possible holder'), level: 1, ...keep } as const] : []),
    ...page.evidence
      .filter(({ text }) => !told.has(text))
      .slice(0, FACTS_TOLD)
      .map((fact) => factBlock(facts, fact, { keep: 22 - less, shortKeep: 51 - less, level: 1 })),
  ]
}

function pageText({ pfn, verdict, reason, excess }: BlockingPageAnswer, told: PageTold | undefined): string {
  const folio = told === undefined ? '' : ` (${told.folio})`
  const more = excess === undefined ? '' : `; ${counted(excess, 'reference')} more than migration expects`
  return `pfn ${formatPfn(pfn)}${folio}: ${verdict}${more}${reason === '' ? '' : `; ${reason}`}`
}

function holderBlocks(facts: BugReportFacts, culprit: CulpritAnswer, less: number): readonly Block[] {
  const isOwn = culprit.rank === 1 && less === 0
  const head = isOwn ? {} : { keep: (culprit.rank === 1 ? 88 : 80 - culprit.rank) - less }
  const frames = stackText(culprit.stack)
  return [
    { kind: 'text', text: holderText(culprit), level: 1, ...head },
    { kind: 'text', text: sureText(culprit), level: 2, ...head },
    ...(frames === '' ? [] : [{ kind: 'text', text: frames, level: 2, keep: (isOwn ? 83 : 46) - less } as const]),
    ...culprit.evidence.slice(0, FACTS_TOLD).map((fact, at) => {
      const [full, short] = (isOwn ? OWN_KEEPS : OTHER_KEEPS)[Math.min(at, 3)]
      return factBlock(facts, fact, { keep: full - less, shortKeep: short - less, level: 2 })
    }),
  ]
}

const KINDS: Readonly<Record<CulpritAnswer['kind'], string>> = {
  leak: 'leak, no put of it in the trace',
  long_term: 'long-term',
  transient: 'transient',
  unknown: 'how long is not known',
}

/** True for a reference that is known by its put alone: who put it need not have taken it. */
export function isKnownByPut({ heldFrom, heldTo, class: of }: CulpritAnswer): boolean {
  return heldFrom === undefined && heldTo !== undefined && of !== 'allocation'
}

/** True for who allocated a page that cannot be moved: no holder. */
function isAllocator({ class: of }: CulpritAnswer): boolean {
  return of === 'allocation'
}

/** `1. leaky_grab [leaky], task drv-9: long-term; 1 reference`. */
function holderText(culprit: CulpritAnswer): string {
  const { rank, function: name, module, task } = culprit
  const place = name === '' ? 'no stack recorded' : functionText(name, module)
  const how = isAllocator(culprit) ? 'allocated in ' : isKnownByPut(culprit) ? 'put in ' : ''
  return `${rank}. ${how}${place}, task ${taskText(task)}: ${kindText(culprit)}${sizeText(culprit)}`
}

function kindText(culprit: CulpritAnswer): string {
  const { kind, taskGone, isPrivateData, heldTo } = culprit
  if (isPrivateData) return 'private data, expected by migration'
  if (isAllocator(culprit)) return heldTo === undefined ? 'not freed in the trace' : 'freed after the failure'
  if (isKnownByPut(culprit)) return `${KINDS[kind]}, its get is not in the trace or not known`
  return `${KINDS[kind]}${taskGone ? ', its task is gone' : ''}`
}

function sizeText(culprit: CulpritAnswer): string {
  const { units, class: of } = culprit
  if (units <= 0 || isAllocator(culprit)) return ''
  const isPins = of === 'gup_pin' && units % PIN_BIAS === 0
  return isPins
    ? `; ${counted(units / PIN_BIAS, 'FOLL_PIN pin')} of ${PIN_BIAS} references`
    : `; ${counted(units, 'reference')}`
}

/** `very likely (0.99); from 2.430303 to the end of the trace`. */
function sureText(culprit: CulpritAnswer): string {
  const { confidence, confidenceWord, ofSet, heldFrom, heldTo, heldText, isPrivateData } = culprit
  const what = isPrivateData ? 'that it attached it: ' : ''
  const set = ofSet === undefined ? '' : ` ${ofSet}, which the evidence does not tell apart`
  const span = heldText ?? `from ${heldFrom?.text ?? 'a time not known'} to ${heldTo?.text ?? 'the end of the trace'}`
  return `${what}${confidenceWord} (${confidence.toFixed(2)})${set}; ${span}`
}

/** Frames as printed, leaf first, from the holder's own on where it is marked. */
export function stackText({ frames }: StackAnswer): string {
  const own = frames.filter(({ isInstrumentation }) => !isInstrumentation)
  const from = Math.max(
    0,
    own.findIndex(({ isHolder }) => isHolder),
  )
  const shown = own.slice(from, from + FRAMES_TOLD)
  if (shown.length === 0) return ''
  const rest = own.length - from - shown.length
  const texts = shown.map(({ text, resolved }) => (resolved === undefined ? text : `${text} (${resolved})`))
  return `stack: ${texts.join(' < ')}${rest > 0 ? ` < ${rest} more` : ''}`
}

/** `3 more pages: 1 held by the same task in the same function, 2 held by others: 0x101, …`. */
function othersBlocks({ others }: BugReportFacts): readonly Block[] {
  if (others.total === 0) return []
  const parts = [
    [others.same, 'held by the same task in the same function'],
    [others.others, 'held by others'],
    [others.unknown, 'holder not known'],
  ] as const
  const some = parts.filter(([count]) => count > 0)
  const told = some.map(([count, words]) => (count === others.total ? words : `${count} ${words}`))
  const more = others.total > others.pfns.length ? ', ...' : ''
  const text = `${counted(others.total, 'more page')}, ${told.join(', ')}: ${others.pfns.map(formatPfn).join(', ')}${more}`
  return [{ kind: 'text', text, level: 1 }]
}

/** A page that is in no failed range's way: its holds that migration would not expect. */
function alonePage(facts: BugReportFacts, page: PageTold): readonly Block[] {
  const said =
    page.holds.length === 0 ? 'no hold of it is in the trace' : `longest holds, at most ${page.holds.length} shown`
  return [
    { kind: 'text', text: `pfn ${formatPfn(page.pfn)} (${page.folio}): ${said}`, level: 1 },
    ...page.holds.map((hold): Block => {
      const places = [hold.getPlace, hold.putPlace].filter((place) => place !== undefined)
      return factBlock(facts, { text: holdText(hold), places, raw: [] }, { keep: 60, shortKeep: 80, level: 1 })
    }),
    ...page.states.slice(0, FACTS_TOLD).map((fact) => factBlock(facts, fact, { keep: 20, shortKeep: 55, level: 1 })),
  ]
}

function holdText(hold: HoldAnswer): string {
  const name = hold.holder || 'no stack recorded'
  const who = hold.getPlace === undefined ? `get not in the trace, put in ${name}` : `${name}, ${taskText(hold.task)}`
  const from = hold.from?.text ?? 'before the trace'
  const long = `${hold.isAtLeast ? 'at least ' : ''}${hold.durationText}`
  return `${who}: ${counted(hold.units, 'reference')} from ${from} to ${hold.to?.text ?? 'no put seen'}, ${long}`
}
