import { IN_HARDIRQ, IN_NMI, IN_SOFTIRQ, IN_TASK, IN_UNKNOWN } from '../../model/context-table.ts'
import { type Trace } from '../../model/trace.ts'
import { taskAnswer } from '../task-answer.ts'
import { type FilterTerm } from './filter-node.ts'
import { numberMatch } from './number-match.ts'
import { textMatch, type TextMatch } from './text-match.ts'
import { FALSE, type Fit, type FilterLeaf, maskLeaf, toldOfEach } from './told.ts'

/** Fields of where an event ran: judged once a context. */
export type ContextField = 'comm' | 'pid' | 'cpu' | 'irq'

const IRQ_WORDS: ReadonlyMap<number, string> = new Map([
  [IN_TASK, 'task'],
  [IN_SOFTIRQ, 'softirq'],
  [IN_HARDIRQ, 'hardirq'],
  [IN_NMI, 'nmi'],
])

/** The leaf of a term of a field that contexts tell. O(contexts). */
export function contextLeaf(trace: Trace, field: ContextField, term: FilterTerm): FilterLeaf {
  const fitOf = fitOfContexts(trace, field, term)
  return maskLeaf(trace.events.context, toldOfEach(trace.contexts.length, term.comparison === '!=', fitOf), FALSE)
}

/** 1 for each context whose comm, pid or `comm-pid` fits: for a word that is looked for everywhere. */
export function contextsWith(trace: Trace, match: TextMatch, isPid: (pid: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: trace.contexts.length }, (_, context) => {
    const { comm, pid } = taskAnswer(trace, trace.contexts.task[context])
    return Number((comm !== '' && (match(comm) || match(`${comm}-${pid}`))) || isPid(pid))
  })
}

function fitOfContexts(trace: Trace, field: ContextField, term: FilterTerm): (context: number) => Fit {
  const { contexts } = trace
  if (field === 'irq') {
    const words = new Set(term.values.map(({ text }) => text))
    return (context) =>
      contexts.irq[context] === IN_UNKNOWN ? 'unknown' : words.has(IRQ_WORDS.get(contexts.irq[context]) ?? '')
  }
  if (field === 'comm') {
    const match = textMatch(term.values)
    return (context) => {
      const { comm } = taskAnswer(trace, contexts.task[context])
      return comm === '' || comm === '<...>' ? 'unknown' : match(comm)
    }
  }
  const match = numberMatch(term)
  return (context) => {
    const number = field === 'cpu' ? contexts.cpu[context] : taskAnswer(trace, contexts.task[context]).pid
    return number < 0 ? 'unknown' : match(number)
  }
}
