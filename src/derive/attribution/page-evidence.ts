import { type PageDump } from '../../model/kernel-note.ts'
import { type Trace } from '../../model/trace.ts'
import { formatPfn } from '../../base/pfn.ts'
import { folioPlaceOf } from '../compound.ts'
import { hasSwapCache } from '../counts/page-signs.ts'
import { dumpsOfPage } from '../folio-facts.ts'
import { holderFrameOf } from '../holder-frame.ts'
import { timeOfOwner } from '../owner-clock.ts'
import { ownerRowsOf } from '../owner-rows.ts'
import { notRecorded } from '../special-stacks.ts'
import { unexpectedIn } from './excess.ts'
import { type Evidence } from './finding.ts'

const MOST_DUMPS = 3
/** Clocks are compared within some milliseconds. */
const NEAR_NS = 5_000_000

/**
 * What dump_page and page_owner say of a page that failed to move at `time`: facts beside the trace, never a holder by
 * themselves.
 */
export function pageEvidence(trace: Trace, pfn: number, time: number | undefined): readonly Evidence[] {
  return [
    ...folioEvidence(trace, pfn, time),
    ...dumpsOfPage(trace, pfn)
      .slice(0, MOST_DUMPS)
      .map((dump) => dumpEvidence(trace, dump)),
    ...ownerEvidence(trace, pfn, time),
  ]
}

/** A dump of a large folio counts the references of all its pages, and the mappings of one. */
/** Events carry the head of a folio: whoever looks for a tail has to know, and a count is of all its pages. */
function folioEvidence(trace: Trace, pfn: number, time: number | undefined): readonly Evidence[] {
  const { headPfn, order } = folioPlaceOf(trace, pfn, time)
  if (order <= 0) return []
  const row = ownerRowAt(trace, headPfn, time)
  const isRecorded = row !== undefined && trace.owners.shapes.order[trace.owners.shape[row]] === order
  const [head, last] = [formatPfn(headPfn), formatPfn(headPfn + 2 ** order - 1)]
  return [
    {
      text: `a folio of ${2 ** order} pages, ${head} to ${last}: references to any of them are counted on its head`,
      lines: isRecorded ? [trace.owners.line[row]] : [],
    },
  ]
}

function dumpEvidence(trace: Trace, dump: PageDump): Evidence {
  const cached = hasSwapCache(trace, dump.flags) ? ', 1 of the swap cache' : ''
  const expectation =
    dump.reason === 'migration failure' && dump.pageKind === 'anon' && dump.order === 0
      ? `; of these ${dump.mapcount} mapped${cached} and 1 migration's own, so ${unexpectedIn(trace, dump)} unexpected`
      : ''
  return {
    text: `dump_page: refcount:${dump.refcount} mapcount:${dump.mapcount}${expectation}; dumped because: ${dump.reason}`,
    lines: [dump.line],
  }
}

/** Row of the page_owner record of the life that a page was in at `time`; undefined when there is none. */
export function ownerRowAt(trace: Trace, pfn: number, time: number | undefined): number | undefined {
  return ownerRowsOf(trace, pfn).find((row) => {
    const allocated = timeOfOwner(trace, trace.owners.ts[row])
    return time === undefined || allocated === undefined || allocated <= time + NEAR_NS
  })
}

/** The record of the life that the page was in at the failure; else one of a later life, told as that. */
function ownerEvidence(trace: Trace, pfn: number, time: number | undefined): readonly Evidence[] {
  const ofThen = ownerRowAt(trace, pfn, time)
  const row = ofThen ?? ownerRowsOf(trace, pfn).at(0)
  if (row === undefined) return []
  const said = allocationText(trace, row)
  const text =
    ofThen === undefined
      ? `page_owner: freed and ${said} after the failure (ts ${trace.owners.ts[row]} ns): that does not say who had it then`
      : `page_owner: ${said}; that says who allocated, not who holds`
  return [{ text, lines: [trace.owners.line[row]] }]
}

/** `allocated by pid 69 (fgd) in framegrab_ioctl`: what a page_owner record says. */
export function allocationText(trace: Trace, row: number): string {
  const { owners, strings } = trace
  const shape = owners.shape[row]
  const { comm: comms, pid: pids } = owners.shapes
  const comm = comms[shape] < 0 ? '' : ` (${strings.text(comms[shape])})`
  const who = pids[shape] < 0 ? '' : ` by pid ${pids[shape]}${comm}`
  const standIn = notRecorded(trace, owners.stack[row])
  if (standIn !== '') return `allocated${who}, the stack is not recorded (${standIn})`
  const { symbol } = holderFrameOf(trace, owners.stack[row])
  return `allocated${who} in ${symbol === '' ? 'a stack not recorded' : symbol}`
}
