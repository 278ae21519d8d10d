import { assertUnreachable } from '../../base/assert.ts'
import { type CompareOwnersAnswer, compareOwners } from '../../queries/owners/compare-owners.ts'
import { findMisplaced, type MisplacedAnswer } from '../../queries/owners/misplaced-pages.ts'
import { type OwnerGrouping } from '../../queries/owners/owner-keys.ts'
import { findOwnerTrend, type OwnerTrendAnswer } from '../../queries/owners/owner-trend.ts'
import { findOwners, type OwnersAnswer } from '../../queries/owners/owners.ts'
import { type Trace } from '../../model/trace.ts'

/** What is asked of the dumps of a capture; dumps are named by their ids. */
export type OwnersAsked =
  | { readonly mode: 'groups'; readonly dump: string; readonly grouping: OwnerGrouping; readonly filter: string }
  | { readonly mode: 'compare'; readonly base: string; readonly other: string; readonly filter: string }
  | { readonly mode: 'trend'; readonly series: readonly string[]; readonly filter: string }

/** Everything that is said of them: all rows, for text and JSON alike. */
export type OwnersTold =
  | { readonly mode: 'groups'; readonly owners: OwnersAnswer; readonly misplaced: MisplacedAnswer }
  | { readonly mode: 'compare'; readonly compared: CompareOwnersAnswer }
  | { readonly mode: 'trend'; readonly trend: OwnerTrendAnswer }

const ALL = { offset: 0, limit: Number.MAX_SAFE_INTEGER } as const

/** Asks for all that text and JSON say. */
export function gatherOwners(trace: Trace, asked: OwnersAsked): OwnersTold {
  const { filter } = asked
  switch (asked.mode) {
    case 'groups': {
      const { dump, grouping } = asked
      const owners = findOwners(trace, { dump, grouping, filter, sort: 'pages', isDescending: true, ...ALL })
      return { mode: 'groups', owners, misplaced: findMisplaced(trace, { dump, filter, ...ALL }) }
    }
    case 'compare': {
      const { base, other } = asked
      const question = { base, other, filter, changes: [], sort: 'delta', isDescending: true, ...ALL } as const
      return { mode: 'compare', compared: compareOwners(trace, question) }
    }
    case 'trend': {
      const question = { series: asked.series, filter, sort: 'growth', isDescending: true, ...ALL } as const
      return { mode: 'trend', trend: findOwnerTrend(trace, question) }
    }
    default:
      return assertUnreachable(asked)
  }
}
