import { pinnerTimeText } from '../derive/pinner-clock.ts'
import { type CallTrace, type DumpPinned, type PageDump } from '../model/kernel-note.ts'
import { type Trace } from '../model/trace.ts'
import { printkTime } from './note-answer.ts'
import { type DumpAnswer, type DumpStackAnswer } from './page-facts.ts'
import { placeOf } from './place.ts'
import { functionText, stackAnswer } from './stack-answer.ts'

/** One dump_page block of a page, with what the kernel printed around it. `asked` when the dump names no PFN itself. */
export function dumpAnswer(trace: Trace, dump: PageDump, asked: number): DumpAnswer {
  return {
    pfn: dump.pfn ?? asked,
    refcount: dump.refcount,
    mapcount: dump.mapcount,
    reason: dump.reason,
    flags: dump.flags,
    timeText: dump.timeNs === undefined ? '' : printkTime(dump.timeNs),
    place: placeOf(trace, dump.line),
    stacks: dumpStacks(trace, dump),
  }
}

/** The stacks that the kernel printed around a dump_page block: of the check that failed, of the last recorded pin. */
export function dumpStacks(trace: Trace, dump: PageDump): readonly DumpStackAnswer[] {
  return [
    ...(dump.report === undefined ? [] : [reportStack(trace, dump.report)]),
    ...(dump.pinned === undefined ? [] : [pinnedStack(trace, dump.pinned)]),
  ]
}

/** The task that met the page need not be the one that spoilt its count: said as what it is. */
function reportStack(trace: Trace, { at, cpu, pid, comm, stack, line }: CallTrace): DumpStackAnswer {
  const where = at === undefined ? 'reported' : `check failed at ${at}`
  const who = pid === undefined ? '' : ` by ${comm ?? ''}-${pid} on CPU ${cpu ?? -1}`
  const found = stackAnswer(trace, stack)
  const leaf = found.frames.at(0)
  const inside = leaf === undefined ? '' : ` in ${functionText(leaf.symbol, leaf.module)}`
  return { words: `${where}${inside}${who}: who met it, not who holds`, stack: found, place: placeOf(trace, line) }
}

function pinnedStack(trace: Trace, { bootNs, count, stack, line }: DumpPinned): DumpStackAnswer {
  return {
    words: `last pin that page_pinner recorded at ${pinnerTimeText(bootNs / 1000)} of CLOCK_BOOTTIME, count ${count}`,
    stack: stackAnswer(trace, stack),
    place: placeOf(trace, line),
  }
}
