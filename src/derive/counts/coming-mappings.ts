import { oncePer } from '../../base/once-per.ts'
import { type EventRow, type StackId } from '../../model/ids.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { bareSymbol } from '../holder-frame.ts'
import { deltaOf } from '../operation.ts'
import { mappingsOf } from './mapcount.ts'

/**
 * Callers that take a reference and then map the page: the event prints the mapcount of before, and no event follows
 * when it has risen (mm/migrate.c remove_migration_pte(), mm/memory.c copy_present_ptes() and insert_page(),
 * mm/filemap.c next_uptodate_folio()).
 */
const MAPS_NEXT =
  /^(?:remove_migration_pte\w*|copy_page_range|copy_present_p\w+|copy_p[tmug4]\w*_range|copy_huge_pmd|next_uptodate_(?:page|folio)|insert_page\w*|vm_insert_page\w*)$/

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
  let found = false
  for (let at = 0; at < frames.length && !found; at++)
    found = MAPS_NEXT.test(bareSymbol(trace.strings.text(trace.frames.symbol[frames[at]])))
  known.set(stack, found)
  return found
}

const knownOf = oncePer<Trace, Map<StackId, boolean>>(() => new Map())
