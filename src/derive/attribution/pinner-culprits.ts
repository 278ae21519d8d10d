import { formatDuration } from '../../base/clock.ts'
import { kindOf } from '../../model/event-kind.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { PINNER_FAILED, PINNER_FREED, PINNER_GET, PINNER_PUT } from '../../model/pinner-table.ts'
import { type Trace } from '../../model/trace.ts'
import { type Derived } from '../derived.ts'
import { type FailedRange } from '../failures/failed-range.ts'
import { pinnerCountText } from '../pinner-count.ts'
import { pinnerRowsOfPage } from '../folio-facts.ts'
import { holderFrameOf } from '../holder-frame.ts'
import { pinnerTimeText, traceTimeOfPinner } from '../pinner-clock.ts'
import { notRecorded } from '../special-stacks.ts'
import { classifierOf, namesNobody } from './classify.ts'
import { type ToldCulprit, type CulpritKind, type Evidence } from './finding.ts'
import { classIndexOf, REFERENCE_CLASSES } from './reference-class.ts'
import { type RuleSet } from './rule-set.ts'

/** Why a page has the culprits it has, when page_pinner alone knows of it. */
export const PINNER_REASON =
  'no page_ref event of this page was traced; page_pinner names who put it, or took it for long, not who held it then'

/** page_pinner knows one reference of a page, not which one blocked: never more than "possible". */
const GET_BEFORE = 0.6
const PUT_AFTER = 0.6
const PUT_BESIDE_GET = 0.5
const MAPPING_PUT = 0.4
const NOBODY = 0.3

const LRU = classIndexOf('lru')
const MIGRATION = classIndexOf('migration')
const MAPPING = classIndexOf('mapping')
const MOD_AND_TEST = kindOf('page_ref_mod_and_test')
/**
 * Gets that page_pinner never sees put, because they are put by another API: exec's arguments (fs/exec.c
 * get_arg_page()) are freed with the new address space. They are listed as long-term in every longterm_pinner.
 */
const PUT_ELSEWHERE = /^(?:get_arg_page|copy_strings(?:_kernel)?|copy_string_kernel|setup_arg_pages)$/

/**
 * The holders that page_pinner's files suggest for a page without page_ref events: the get of a long hold that began
 * before the failure, and the put after it, innocent puts (migration, the LRU's batches) left out. Empty when no record
 * tells. Their confidence is at most 0.6: each record tells of one reference, and nothing says that it was the one.
 */
export function pinnerCulprits(
  trace: Trace,
  { rules, thresholdNs }: Pick<Derived, 'rules' | 'thresholdNs'>,
  range: FailedRange,
  pfn: number,
): readonly ToldCulprit[] {
  const rows = pinnerRowsOfPage(trace, pfn)
  const gets = distinctHolders(
    trace,
    rows.filter((row) => isLongGet(trace, range, row)),
  )
  const puts = distinctHolders(trace, tellingPuts(trace, rules, range, rows))
  const offer = (row: number, base: number, others: number): ToldCulprit =>
    culpritOf(trace, rules, range, row, thresholdNs, base, others)
  const found = [
    ...gets.map((row) => offer(row, GET_BEFORE, gets.length)),
    ...puts.map((row) => offer(row, gets.length > 0 ? PUT_BESIDE_GET : PUT_AFTER, puts.length)),
  ]
  return found.toSorted((a, b) => b.confidence - a.confidence).map((culprit, at) => ({ ...culprit, rank: at + 1 }))
}

/** What page_pinner says of the page itself: that it was found in the way. */
export function pinnerPageEvidence(trace: Trace, pfn: number): readonly Evidence[] {
  const { pinners } = trace
  return pinnerRowsOfPage(trace, pfn)
    .filter((row) => pinners.kind[row] === PINNER_FAILED)
    .map((row) => ({
      text: `page_pinner found pfn in the way${atText(trace, row)}: count=${pinners.count[row]} mapcount=${pinners.mapcount[row]}`,
      lines: [pinners.line[row]],
    }))
}

function isLongGet(trace: Trace, range: FailedRange, row: number): boolean {
  if (trace.pinners.kind[row] !== PINNER_GET || isPutElsewhere(trace, row)) return false
  const time = traceTimeOfPinner(trace, trace.pinners.tsUs[row])
  return time === undefined || range.time === undefined || time <= range.time
}

function isPutElsewhere(trace: Trace, row: number): boolean {
  const frames = framesOf(trace.stacks, trace.pinners.stack[row])
  for (let at = 0; at < frames.length; at++) {
    if (PUT_ELSEWHERE.test(trace.strings.text(trace.frames.symbol[frames[at]]))) return true
  }
  return false
}

/** Puts (or, without one, the free) after the failure; those of mappings only when there is no other. */
function tellingPuts(trace: Trace, rules: RuleSet, range: FailedRange, rows: readonly number[]): readonly number[] {
  const { pinners } = trace
  const after = rows.filter((row) => {
    const time = traceTimeOfPinner(trace, pinners.tsUs[row])
    return time === undefined || range.time === undefined || time >= range.time
  })
  const puts = after.filter((row) => pinners.kind[row] === PINNER_PUT)
  const asked = puts.length > 0 ? puts : after.filter((row) => pinners.kind[row] === PINNER_FREED)
  const told = asked.filter((row) => ![LRU, MIGRATION].includes(classOf(trace, rules, row)))
  const own = told.filter((row) => classOf(trace, rules, row) !== MAPPING)
  return own.length > 0 ? own : told
}

/** One row for each holder's frame, the first in the order of the file; records whose stack names nobody are left out. */
function distinctHolders(trace: Trace, rows: readonly number[]): readonly number[] {
  const seen = new Map<string, number>()
  for (const row of rows) {
    const { symbol, module } = holderFrameOf(trace, trace.pinners.stack[row])
    const key = `${symbol} ${module}`
    const isRecorded = notRecorded(trace, trace.pinners.stack[row]) === ''
    if (symbol !== '' && isRecorded && !seen.has(key)) seen.set(key, row)
  }
  return [...seen.values()]
}

function culpritOf(
  trace: Trace,
  rules: RuleSet,
  range: FailedRange,
  row: number,
  thresholdNs: number,
  base: number,
  anyOf: number,
): ToldCulprit {
  const { pinners } = trace
  const frame = holderFrameOf(trace, pinners.stack[row])
  const cls = classOf(trace, rules, row)
  const sure = namesNobody(trace, pinners.stack[row]) ? NOBODY : cls === MAPPING ? MAPPING_PUT : base
  return {
    rank: 1,
    pfn: pinners.pfn[row],
    comm: '',
    pid: -1,
    function: frame.symbol,
    module: frame.module,
    stack: pinners.stack[row],
    frameIndex: frame.index,
    class: REFERENCE_CLASSES[cls].id,
    kind: holdKind(trace, range, row, thresholdNs),
    units: 1,
    confidence: Math.round((sure / anyOf) * 100) / 100,
    anyOf,
    record: row,
    evidence: [recordEvidence(trace, range, row)],
  }
}

function classOf(trace: Trace, rules: RuleSet, row: number): number {
  const delta = trace.pinners.kind[row] === PINNER_GET ? 1 : -1
  return classifierOf(trace, rules).classOf(MOD_AND_TEST, delta, trace.pinners.stack[row])
}

/** page_pinner's durations are lower bounds: one that is short says nothing, and so does one that is not told. */
function holdKind(trace: Trace, range: FailedRange, row: number, thresholdNs: number): CulpritKind {
  const { pinners } = trace
  if (pinners.elapsedUs[row] * 1000 >= thresholdNs) return 'long_term'
  if (pinners.kind[row] === PINNER_GET) return pinners.elapsedUs[row] < 0 ? 'long_term' : 'unknown'
  const time = traceTimeOfPinner(trace, pinners.tsUs[row])
  if (time === undefined || range.time === undefined) return 'unknown'
  return time - range.time >= thresholdNs ? 'long_term' : 'unknown'
}

function recordEvidence(trace: Trace, range: FailedRange, row: number): Evidence {
  const { pinners } = trace
  const { symbol, module } = holderFrameOf(trace, pinners.stack[row])
  const place = ` in ${symbol}${module === '' ? '' : ` [${module}]`}`
  const told = pinnerCountText(trace, row)
  const count = told === '' ? '' : `; ${told}`
  const what = { [PINNER_GET]: 'get', [PINNER_PUT]: 'put', [PINNER_FREED]: 'free', [PINNER_FAILED]: 'failure' }
  return {
    text: `page_pinner: ${what[pinners.kind[row]]}${place}${atText(trace, row)}${relativeText(trace, range, row)}${durationText(trace, row)}${count}`,
    lines: [pinners.line[row]],
  }
}

function atText(trace: Trace, row: number): string {
  const tsUs = trace.pinners.tsUs[row]
  return tsUs < 0 ? '' : ` at ${pinnerTimeText(tsUs)} (CLOCK_BOOTTIME)`
}

function relativeText(trace: Trace, range: FailedRange, row: number): string {
  const time = traceTimeOfPinner(trace, trace.pinners.tsUs[row])
  if (time === undefined || range.time === undefined) return ''
  const gap = time - range.time
  return `, ${formatDuration(Math.abs(gap))} ${gap < 0 ? 'before' : 'after'} the failure if the clocks agree`
}

/** `, held for at least 2.099 s`; a put of layout D counts from the failure, not from the get. */
function durationText(trace: Trace, row: number): string {
  const { pinners } = trace
  const elapsed = pinners.elapsedUs[row]
  if (elapsed < 0) return pinners.kind[row] === PINNER_GET ? ', held for longer than the threshold of page_pinner' : ''
  return `, held for at least ${formatDuration(elapsed * 1000)}`
}
