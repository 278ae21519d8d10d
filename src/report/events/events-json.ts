import { formatPfn } from '../../base/pfn.ts'
import { type EventAnswer } from '../../queries/events.ts'

/** What a list of events says of itself, before its rows. */
export interface EventsHead {
  readonly filter: string
  /** Events of the capture, those that match, those of which it does not tell, and rows that follow. */
  readonly events: number
  readonly matching: number
  readonly unknown: number
  readonly listed: number
}

/** The head of a list of events for machines. Fields are added, never changed; see the README of the repository. */
export function eventsHeadJson(head: EventsHead): Record<string, unknown> {
  return { schema: 'pinscope.events/1', ...head }
}

/** One event for machines: what is not there was not recorded. */
export function eventJson(event: EventAnswer): Record<string, unknown> {
  const { place, time, name, pfn, task, cpu, irq, operation, count, isExact, mapcount, flags, mapping, mt, mtName } =
    event
  const isReference = operation !== ''
  return {
    file: place.fileName,
    line: place.line,
    time: time.text,
    event: name,
    ...(pfn < 0 ? {} : { pfn: formatPfn(pfn) }),
    ...(task.comm === '' ? {} : { comm: task.comm }),
    ...(task.pid < 0 ? {} : { pid: task.pid }),
    ...(cpu < 0 ? {} : { cpu }),
    ...(irq === 'unknown' ? {} : { irq }),
    ...(isReference ? { operation, count, isExact } : {}),
    ...(event.gap === 0 ? {} : { gap: event.gap }),
    ...(mapcount === undefined ? {} : { mapcount }),
    ...(event.mapcountPrinted === undefined ? {} : { mapcountPrinted: event.mapcountPrinted }),
    ...(flags === '' ? {} : { flags }),
    ...(mapping === '' ? {} : { mapping }),
    ...(mt < 0 ? {} : { mt, migratetype: mtName }),
    ...(event.val === undefined ? {} : { val: event.val }),
    ...(event.ret === undefined ? {} : { ret: event.ret }),
    ...(event.delta === undefined ? {} : { delta: event.delta }),
    ...(event.class === undefined ? {} : { class: event.class }),
    ...(event.order === undefined ? {} : { order: event.order }),
    ...(event.args === '' ? {} : { args: event.args }),
    ...(event.stack.hash === '' ? {} : { stack: event.stack.hash, frames: event.stack.frames.map(({ text }) => text) }),
  }
}
