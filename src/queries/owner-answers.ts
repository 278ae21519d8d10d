import { ownerClockNote } from '../derive/owner-clock.ts'
import { notRecorded } from '../derive/special-stacks.ts'
import { totalOfStack } from '../derive/total-of-stack.ts'
import { NONE, type StackId } from '../model/ids.ts'
import { type PageDump } from '../model/kernel-note.ts'
import { type Trace } from '../model/trace.ts'
import { type OwnerAnswer } from './page-facts.ts'
import { placeOf } from './place.ts'
import { holderText, stackAnswer } from './stack-answer.ts'
import { depthNote } from './stack-depth.ts'

/** One page_owner record: who allocated, not who holds. */
export function ownerAnswer(trace: Trace, row: number): OwnerAnswer {
  const { owners, strings } = trace
  const { shapes } = owners
  const shape = owners.shape[row]
  return {
    pfn: owners.pfn[row],
    order: shapes.order[shape],
    gfp: strings.text(shapes.gfp[shape]),
    task: { comm: strings.text(shapes.comm[shape]), pid: shapes.pid[shape] },
    pageType: strings.text(shapes.pageType[shape]),
    blockType: strings.text(shapes.blockType[shape]),
    flags: strings.text(shapes.flags[shape]),
    migrateReason: strings.text(shapes.migrateReason[shape]),
    tsText: tsText(owners.ts[row]),
    clockNote: clockNote(trace, owners.ts[row]),
    stack: stackAnswer(trace, owners.stack[row]),
    holder: allocatorText(trace, owners.stack[row]),
    place: placeOf(trace, owners.line[row]),
    source: 'page_owner',
    notRecorded: whyNotRecorded(trace, owners.stack[row], owners.handle[row]),
    depthNote: depthNote(trace, owners.stack[row]),
    ...totalOf(trace, owners.stack[row], owners.handle[row]),
  }
}

/** What a dump_page block says of the allocation; undefined when it says nothing. */
export function dumpOwnerAnswer(trace: Trace, dump: PageDump): OwnerAnswer | undefined {
  const { allocation } = dump
  if (allocation === undefined || dump.pfn === undefined) return undefined
  return {
    pfn: dump.pfn,
    order: allocation.order,
    gfp: allocation.gfp,
    task: { comm: allocation.comm ?? '', pid: allocation.pid ?? -1 },
    pageType: allocation.migratetype,
    blockType: '',
    flags: dump.flags,
    migrateReason: '',
    tsText: tsText(allocation.ts ?? -1),
    clockNote: clockNote(trace, allocation.ts ?? -1),
    stack: stackAnswer(trace, allocation.stack),
    holder: allocatorText(trace, allocation.stack),
    place: placeOf(trace, allocation.line),
    source: 'dump_page',
    notRecorded: notRecorded(trace, allocation.stack),
    depthNote: depthNote(trace, allocation.stack),
    ...totalOf(trace, allocation.stack, NONE),
  }
}

/** A stack that stands in for one that was not recorded names nobody. */
function allocatorText(trace: Trace, stack: StackId): string {
  return notRecorded(trace, stack) === '' ? holderText(trace, stack) : ''
}

/** Why nobody is named: the stack stands in for another, or is known by its handle alone. */
function whyNotRecorded(trace: Trace, stack: StackId, handle: number): string {
  return stack < 0 && handle >= 0 ? untoldHandle(handle) : notRecorded(trace, stack)
}

/** Said of a stack that no file gives, or of which files give several. */
export function untoldHandle(handle: number): string {
  return `the files do not tell which stack handle ${handle} is`
}

function totalOf(trace: Trace, stack: StackId, handle: number): Pick<OwnerAnswer, 'total'> {
  const total = notRecorded(trace, stack) === '' ? totalOfStack(trace, stack, handle) : undefined
  return total === undefined ? {} : { total: { pages: total.pages, place: placeOf(trace, total.line) } }
}

function clockNote(trace: Trace, ts: number): string {
  return ts < 0 ? '' : ownerClockNote(trace)
}

/** page_owner prints whole nanoseconds of local_clock (mm/page_owner.c). */
function tsText(ts: number): string {
  return ts < 0 ? '' : `${ts} ns`
}
