import { type LinkParameter, pfn } from '../link-parameter.ts'
import { entry, type LinkTable } from '../link-table.ts'

/** Pages that can be drawn under the selected one: eight timelines are as many as can be told apart on a screen. */
export const MOST_COMPARED = 7

/** Pages in the order in which they are drawn, each once: `0x17aca,0x17acb`. What is no PFN, or too many, is left out. */
const comparedPfns: LinkParameter<readonly number[]> = {
  parse: (value) => {
    const pfns = value.split(',').flatMap((part) => pfn.parse(part) ?? [])
    const distinct = [...new Set(pfns)].slice(0, MOST_COMPARED)
    return distinct.length === 0 ? undefined : distinct
  },
  serialize: (pfns) => pfns.map((one) => pfn.serialize(one)).join(','),
}

/** What the PFN screen keeps in the link beside what all screens share: the pages drawn under the selected one. */
export const TIMELINE_LINK = { comparedPfns: entry('with', comparedPfns) } as const satisfies LinkTable
