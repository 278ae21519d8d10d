import { type Trace } from '../../model/trace.ts'
import { pageOfPfn } from '../page-of-pfn.ts'
import { contextsWith } from './context-leaves.ts'
import { type FilterTerm } from './filter-node.ts'
import { stacksWith } from './stack-leaves.ts'
import { textMatch } from './text-match.ts'
import { cheapLeaf, FALSE, type FilterLeaf, TRUE } from './told.ts'

/**
 * The leaf of a bare word: event, comm, pid, function, module, flags, other arguments; a number with 0x is a page, too. What
 * is not recorded does not match.
 */
export function anyLeaf(trace: Trace, { comparison, values }: FilterTerm): FilterLeaf {
  const match = textMatch(values)
  const texts = values.map(({ text }) => text)
  const pids = new Set(texts.flatMap((text) => (/^\d{1,10}$/.test(text) ? Number(text) : [])))
  const pages = new Set(texts.flatMap((text) => pageNamed(trace, text)))
  const shapes = shapesWith(trace, match)
  const contexts = contextsWith(trace, match, (pid) => pids.has(pid))
  const stacks = stacksWith(trace, match)
  const [found, other] = comparison === '!=' ? [FALSE, TRUE] : [TRUE, FALSE]
  const { shape, context, stack, page } = trace.events
  return cheapLeaf(({ rows, length }, into) => {
    for (let at = 0; at < length; at++) {
      const row = rows[at]
      const isFound =
        shapes[shape[row]] === 1 ||
        contexts[context[row]] === 1 ||
        (stack[row] >= 0 && stacks[stack[row]] === 1) ||
        (pages.size > 0 && pages.has(page[row]))
      into[at] = isFound ? found : other
    }
  })
}

function shapesWith({ shapes, strings }: Trace, match: (text: string) => boolean): Uint8Array {
  return Uint8Array.from({ length: shapes.length }, (_, shape) =>
    Number(
      [shapes.name[shape], shapes.flags[shape], shapes.args[shape]].some((id) => id >= 0 && match(strings.text(id))),
    ),
  )
}

function pageNamed(trace: Trace, text: string): readonly number[] {
  if (!/^0x[0-9a-f]{1,13}$/i.test(text)) return []
  const { page } = pageOfPfn(trace, Number(text))
  return page < 0 ? [] : [page]
}
