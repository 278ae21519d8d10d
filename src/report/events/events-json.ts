import { formatPfn } from '../../base/pfn.ts'
import { type EventAnswer } from '../../queries/events.ts'

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
    ...(mapcount === undefined ? {} : { mapcount }),
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
