import { oncePer } from '../../base/once-per.ts'
import { type EventRow, type StackId } from '../../model/ids.ts'
import { releaseNumber } from '../../model/kernel-release.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { bareSymbol } from '../holder-frame.ts'
import { deltaOf } from '../operation.ts'
import { mappingsOf } from './mapcount.ts'

/**
 * Callers that take a reference and then map the page: the event prints the mapcount of before, and no event follows
 * when it has risen (mm/migrate.c remove_migration_pte(), mm/memory.c copy_present_ptes() and insert_page()).
 */
const MAPS_NEXT =
  /^(?:remove_migration_pte\w*|copy_page_range|copy_present_p\w+|copy_p[tmug4]\w*_range|copy_huge_pmd|next_uptodate_page|insert_page\w*|vm_insert_page\w*)$/
/** The look-up of filemap_map_pages() became the mapping's reference before `OWN_REFERENCE`; since then it is put again. */
const LOOKS_UP = /^next_uptodate_folio$/
/** mm/filemap.c filemap_map_order0_folio() and filemap_map_folio_range() take the mappings' own references once mapped. */
const OWN_REFERENCE = 6_006

/** Mappings that a get is about to be followed by, which its own `mapcount=` does not show yet; 0 for all other events. */
export function comingMappings(trace: Trace, row: EventRow): number {
  const delta = deltaOf(trace, row)
  const stack = trace.events.stack[row]
  return delta > 0 && stack >= 0 && mapsNext(trace, stack) ? delta : 0
}

/** Mappings once an event is done, as `mappingsOf` tells them, those that it is about to make included. */
export function mappingsAfter(trace: Trace, row: EventRow): number | undefined {
  const printed = mappingsOf(trace, row)
  return printed === undefined ? undefined : printed + comingMappings(trace, row)
}

function mapsNext(trace: Trace, stack: StackId): boolean {
  const known = knownOf(trace)
  const before = known.get(stack)
  if (before !== undefined) return before
  const frames = framesOf(trace.stacks, stack)
  const isKept = (releaseNumber(trace.machine.release) ?? OWN_REFERENCE) < OWN_REFERENCE
  let found = false
  for (let at = 0; at < frames.length && !found; at++) {
    const symbol = bareSymbol(trace.strings.text(trace.frames.symbol[frames[at]]))
    found = MAPS_NEXT.test(symbol) || (isKept && LOOKS_UP.test(symbol))
  }
  known.set(stack, found)
  return found
}

const knownOf = oncePer<Trace, Map<StackId, boolean>>(() => new Map())
