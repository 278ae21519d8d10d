import { oncePer } from '../../base/once-per.ts'
import { MOD_UNLESS } from '../../model/event-kind.ts'
import { type EventRow, type StackId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { symbolsOf } from '../failures/trigger-of-stack.ts'

/** They get a reference only of a page that they took off its list (mm/vmscan.c folio_isolate_lru(), mm/hugetlb.c). */
const TAKES_OFF_LIST = /^(?:folio_isolate_lru|isolate_lru_(?:page|folio)|(?:folio_)?isolate_hugetlb)$/
/** They put a page that was taken off, on the list of those to migrate, and stayed (mm/migrate.c putback_movable_pages()). */
const PUTS_BACK =
  /^(?:putback_movable_(?:pages?|ops_page)|folio_putback_(?:lru|hugetlb)|putback_lru_page|(?:folio_)?putback_active_hugetlb)$/

interface StackSays {
  readonly takesOffList: boolean
  readonly putsBack: boolean
}

const NOTHING: StackSays = { takesOffList: false, putsBack: false }

/** Each distinct stack is read once. */
const sayingsOf = oncePer((trace: Trace) => {
  const known = new Map<StackId, StackSays>()
  return (stack: StackId): StackSays => {
    if (stack < 0) return NOTHING
    const before = known.get(stack)
    if (before !== undefined) return before
    const symbols = symbolsOf(trace, stack)
    const says = {
      takesOffList: symbols.some((symbol) => TAKES_OFF_LIST.test(symbol)),
      putsBack: symbols.some((symbol) => PUTS_BACK.test(symbol)),
    }
    known.set(stack, says)
    return says
  }
})

function saysAt(trace: Trace, row: EventRow): StackSays {
  return sayingsOf(trace)(trace.events.stack[row])
}

/** True for the get with which a page is taken off its list to be moved. */
export function takesOffList(trace: Trace, row: EventRow): boolean {
  return saysAt(trace, row).takesOffList && !saysAt(trace, row).putsBack
}

/**
 * True where an event shows that the page was isolated, which no mere look is: the get as it was taken off its list, or
 * the putback of one that was on the list of pages to migrate. What the scan lets go of it puts itself
 * (mm/compaction.c isolate_migratepages_block()).
 */
export function showsIsolation(trace: Trace, row: EventRow): boolean {
  return saysAt(trace, row).takesOffList || saysAt(trace, row).putsBack
}

/**
 * True for the get that a scan begins with: of a page that nobody has isolated, as far as the scan knows
 * (get_page_unless_zero(), folio_try_get()), or straight off its list.
 */
export function isLook(trace: Trace, row: EventRow): boolean {
  return (trace.events.kind[row] === MOD_UNLESS && !saysAt(trace, row).putsBack) || takesOffList(trace, row)
}
