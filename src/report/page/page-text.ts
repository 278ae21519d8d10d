import { formatDuration } from '../../base/clock.ts'
import { counted } from '../../base/counted.ts'
import { formatPfn } from '../../base/pfn.ts'
import { type CopyTable, writeCopy } from '../../base/copy-table.ts'
import { REFERENCE_CLASSES } from '../../derive/attribution/reference-class.ts'
import { type EventAnswer } from '../../queries/events.ts'
import { type LifetimeAnswer, type OwnerAnswer } from '../../queries/page-facts.ts'
import { taskText } from '../../queries/task-answer.ts'
import { type AttemptAnswer, type LayerId, type TimelinePoint } from '../../queries/timeline.ts'
import { type EvidenceAnswer, type PlaceAnswer } from '../../queries/wire.ts'
import { plainText } from '../plain-text.ts'
import { type FailureMoment, type HoldTold, type PageReport } from './page-report.ts'
import { stepLines } from './step-text.ts'

const PIN_BIAS = 1024 // GUP_PIN_COUNTING_BIAS in include/linux/mm.h

/** One page for people: what the screen of it shows, each number with the line it is from. */
export function pageText(report: PageReport): string {
  const { facts, lifetime } = report
  if (!facts.isKnown) return `${plainText(unknownText(report))}\n`
  const lines = [
    `pfn ${formatPfn(facts.pfn)}  ${facts.folio}`,
    ...facts.owners.map(ownerLine),
    ...report.moments.flatMap(momentLines),
    ...section(
      `lifetimes ${facts.lifetimes.length}`,
      facts.lifetimes.map((life) => lifeLine(life, lifetime)),
    ),
    ...countLines(report),
    ...section(
      `holds ${report.timeline.holdCount}${leftOff(report.timeline.holdCount, report.holds.length)}`,
      holdLines(report.holds),
    ),
    ...section(
      `attempts to move it ${report.timeline.attemptCount}${leftOff(report.timeline.attemptCount, report.timeline.attempts.length)}`,
      report.timeline.attempts.map(attemptLine),
    ),
    ...section('other files', [...facts.states, ...facts.whereabouts, ...facts.notes].map(evidenceLine)),
    ...eventLines(report),
  ]
  return `${lines.map(plainText).join('\n')}\n`
}

function unknownText({ facts }: PageReport): string {
  const near = facts.nearestPfns.map(formatPfn).join(', ')
  return `No file names pfn ${formatPfn(facts.pfn)}: whether it is held cannot be told.${near === '' ? '' : ` Nearest pages with events: ${near}`}`
}

/** A heading with its lines; nothing where there are none. */
function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines.map((line) => `   ${line}`)]
}

function leftOff(total: number, shown: number): string {
  return shown < total ? `, the first ${shown} of them` : ''
}

function ownerLine({ task, holder, order, gfp, tsText, clockNote, notRecorded, place, source }: OwnerAnswer): string {
  const by = holder === '' ? '' : ` in ${holder}`
  const when = tsText === '' ? '' : ` at ${tsText}${clockNote === '' ? '' : ` (${clockNote})`}`
  const why = notRecorded === '' ? '' : `, stack not recorded: ${notRecorded}`
  return `allocated by ${taskText(task)}${by}, order ${order}, ${gfp}${when}${why} (${source}, ${placeText(place)}): who allocated, not who holds`
}

function momentLines({ failure, point, layers, page }: FailureMoment): readonly string[] {
  const when = failure.time ? ` at ${failure.time.text}` : ''
  const verdict = page === undefined ? '' : `, ${page.verdict}${page.reason === '' ? '' : `: ${page.reason}`}`
  return [
    '',
    `${failure.label}${when}: ${failure.isBlocking ? 'blocked' : 'not blocked'} by this page${verdict}`,
    ...(point === undefined ? [] : [`   then ${pointText(point, layers)}`]),
    ...(page?.excess === undefined
      ? []
      : [`   migration met ${counted(page.excess, 'reference')} more than it expects`]),
    ...(page?.culprits ?? []).flatMap((culprit) => [
      `   ${culprit.rank}. ${functionOf(culprit)}  ${taskText(culprit.task)}  ${culprit.isPrivateData ? 'private data, expected' : culprit.kind}  ${culprit.confidenceWord} ${culprit.confidence.toFixed(2)}${culprit.ofSet === undefined ? '' : ` ${culprit.ofSet}`}`,
      ...culprit.evidence.map((fact) => `      - ${evidenceLine(fact)}`),
    ]),
    ...(page?.evidence ?? []).map((fact) => `   - ${evidenceLine(fact)}`),
  ]
}

function functionOf({ function: name, module }: { readonly function: string; readonly module: string }): string {
  if (name === '') return 'no stack recorded'
  return module === '' ? name : `${name} [${module}]`
}

/** `count 2 (sampled), mapcount 1, expected 1, excess 1 since 3.798348: allocation 1 + driver / DMA 1`. */
function pointText(point: TimelinePoint, layers: readonly LayerId[]): string {
  const mapcount = point.mapcount === undefined ? '' : `, mapcount ${point.mapcount}`
  const judged =
    point.expected === undefined ? ', expected not known' : `, expected ${point.expected}, excess ${point.excess ?? 0}`
  const parts = layers.flatMap((id, at) => (point.units[at] === 0 ? [] : [`${layerLabel(id)} ${point.units[at]}`]))
  const made = parts.length === 0 ? '' : `: ${parts.join(' + ')}`
  return `count ${point.count} (${point.isExact ? 'exact' : 'sampled'})${mapcount}${judged} since ${point.text}${made}`
}

function layerLabel(id: LayerId): string {
  return REFERENCE_CLASSES.find((entry) => entry.id === id)?.label ?? 'no get in the trace'
}

function lifeLine(life: LifetimeAnswer, shown: number): string {
  const words = [
    life.startsWithTrace ? 'may have begun before the trace' : 'begins with its allocation',
    life.endsWithTrace ? 'goes on when the trace ends' : 'ends with its last reference',
    ...(life.hasLoss ? ['events were lost in it: what is missing is unknown, not leaked'] : []),
  ]
  const mark = life.number === shown ? '*' : ' '
  return `${mark} ${life.number}  ${life.from.text} … ${life.to.text}  ${counted(life.events, 'event')}  ${words.join(', ')}`
}

function countLines({ timeline, window, moments, overview }: PageReport): readonly string[] {
  const { points, eventsInWindow, gapsInWindow, losses, isDecimated } = timeline
  if (points.length === 0)
    return ['', 'counts: no page_ref event of this page is in the window, so its count is not known']
  let [least, most] = [Infinity, -Infinity]
  for (const { count } of points) [least, most] = [Math.min(least, count), Math.max(most, count)]
  const span = formatDuration(window.to.ns - window.from.ns, overview.clock.style.unit)
  const lost = losses.length === 0 ? 'nothing lost' : `events lost in ${losses.length} of its stretches`
  const drawn = isDecimated ? ', drawn by min and max of each column' : ''
  return [
    '',
    `counts ${least} to ${most} in ${window.from.text} … ${window.to.text}, ${span}: ${counted(eventsInWindow, 'reference event')}, ${counted(gapsInWindow, 'contradiction')}, ${lost}${drawn}`,
    ...stepLines(
      timeline,
      moments.flatMap(({ failure }) => (failure.time ? [failure.time.ns] : [])),
    ).map((line) => `   ${line}`),
    '   ▒ references  ▓ more than migration expects  ╱ events lost  ⨯ failure; a FOLL_PIN pin is drawn as one',
    ...losses.map((loss) => `   lost: ${loss.label}`),
  ]
}

function holdLines(holds: readonly HoldTold[]): readonly string[] {
  return tableLines(
    ['holder', 'task', 'class', 'references', 'from', 'to', 'held', 'confidence', 'get', 'put'],
    holds.map(({ hold, culprit }) => [
      hold.holder || 'no stack recorded',
      taskText(hold.task),
      layerLabel(hold.class),
      unitText(hold.class, hold.units),
      hold.from?.text ?? 'before the trace',
      hold.to?.text ?? 'no put seen',
      hold.isAtLeast ? `at least ${hold.durationText}` : hold.durationText,
      culprit === undefined ? '' : `${culprit.confidenceWord} ${culprit.confidence.toFixed(2)}`,
      hold.getPlace ? placeText(hold.getPlace) : '',
      hold.putPlace ? placeText(hold.putPlace) : '',
    ]),
  )
}

/** FOLL_PIN's 1024 are one pin, anything else is no pin. */
function unitText(id: LayerId, units: number): string {
  const isPins = id === 'gup_pin' && units > 0 && units % PIN_BIAS === 0
  return isPins ? `${units} = ${counted(units / PIN_BIAS, 'pin')}` : String(units)
}

function attemptLine(attempt: AttemptAnswer): string {
  const { outcome, from, to, durationText, task, holder, rounds, unmapped, remapped, refusal, firstPlace, lastPlace } =
    attempt
  const span = from.ns === to.ns ? from.text : `${from.text} … ${to.text}, ${durationText}`
  const words = [
    `${outcome}  ${span}  ${taskText(task)}${holder === '' ? '' : ` in ${holder}`}`,
    ...(rounds === 0
      ? []
      : [`unmapped ${rounds} ${rounds === 1 ? 'time' : 'times'}, ${unmapped} put and ${remapped} taken again`]),
    ...(refusal === undefined
      ? []
      : [
          `${refusal.by}${refusal.symbol === '' ? '' : ` in ${refusal.symbol}`} refused: expected ${refusal.expected}, found ${refusal.found}`,
        ]),
  ]
  const last = lastPlace.line === firstPlace.line ? '' : `, ${placeText(lastPlace)}`
  return `${words.join('; ')}  ${placeText(firstPlace)}${last}`
}

function eventLines({ events, eventCount }: PageReport): readonly string[] {
  const rows = tableLines(
    ['time', 'event', 'operation', 'count', 'missing', 'task', 'cpu', 'holder', 'line'],
    events.map((event) => [
      event.time.text,
      event.name,
      event.operation,
      countOf(event),
      event.gap === 0 ? '' : `⚡ ${event.gap > 0 ? '+' : '−'}${Math.abs(event.gap)}`,
      taskText(event.task),
      String(event.cpu),
      holderOf(event),
      placeText(event.place),
    ]),
  )
  return section(`events ${events.length} of ${eventCount} in the window`, rows)
}

function holderOf({ stack }: EventAnswer): string {
  const frame = stack.frames.find(({ isHolder }) => isHolder)
  return frame === undefined ? '' : functionOf({ function: frame.symbol, module: frame.module })
}

/** Exact counts as they are, sampled ones with the mark of the chart; nothing for events that have none. */
function countOf({ operation, count, isExact }: EventAnswer): string {
  if (operation === '') return ''
  return isExact ? String(count) : `${count}○`
}

/** Aligned columns; a table without rows has no header. */
function tableLines(headers: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return []
  const table: CopyTable = {
    title: '',
    columns: headers.map((header) => ({ header })),
    rows: rows.map((row) => row.map(plainText)),
  }
  return writeCopy(table, 'text').trimEnd().split('\n')
}

function evidenceLine({ text, places }: EvidenceAnswer): string {
  return places.length === 0 ? text : `${text} (${places.map(placeText).join(', ')})`
}

function placeText({ fileName, line }: PlaceAnswer): string {
  return `${fileName}:${line}`
}
