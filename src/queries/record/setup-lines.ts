import { assertUnreachable } from '../../base/assert.ts'
import { type PageChoice } from './page-choice.ts'
import { formatPfn } from '../../base/pfn.ts'

/**
 * Lines that set FILTER, and its words for people; none when no page is known. The word `"$FILTER"` stands for it in what
 * comes after, so that no filter is quoted twice.
 */
export function filterLines(
  choice: PageChoice,
): { readonly lines: readonly string[]; readonly words: string } | undefined {
  switch (choice.kind) {
    case 'told':
      return { lines: [`FILTER='${choice.filter.text}'`], words: choice.filter.text }
    case 'looked_up':
      return {
        lines: [...choice.lines, 'FILTER="pfn >= $LOW && pfn < $HIGH"'],
        words: 'pfn >= LOW && pfn < HIGH, as the commands look them up',
      }
    case 'none':
      return undefined
    default:
      return assertUnreachable(choice)
  }
}

/** The first and the last page + 1 that are traced, as words of a shell; undefined when none are known. */
export function hullWords(
  choice: PageChoice,
): { readonly lines: readonly string[]; readonly low: string; readonly high: string } | undefined {
  if (choice.kind === 'none') return undefined
  if (choice.kind === 'looked_up') return { lines: choice.lines, low: '$LOW', high: '$HIGH' }
  const { spans } = choice.filter
  return { lines: [], low: formatPfn(spans[0].startPfn), high: formatPfn(spans[spans.length - 1].endPfn) }
}
