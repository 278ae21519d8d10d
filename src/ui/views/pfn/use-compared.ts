import { MOST_COMPARED } from '../../../state/links/timeline-link.ts'
import { useView, useViewNow } from '../../../state/use-view.ts'
import { type TimeWindow } from '../../widgets/time-window.ts'
import { windowToLink } from '../../timeline/pfn-window.ts'
import { type Clock } from '../../../base/clock.ts'

/** The pages that are drawn under the selected one, and the ways to change them. */
export interface Compared {
  readonly pfns: readonly number[]
  /** How many more there is room for. */
  readonly room: number
  readonly add: (pfns: readonly number[]) => void
  readonly remove: (pfn: number) => void
  readonly clear: () => void
  /** The page takes the place of the selected one, which takes its. */
  readonly open: (pfn: number) => void
}

interface Shown {
  /** The selected page. */
  readonly pfn: number
  /** What is seen now, which stays. */
  readonly window: TimeWindow
  /** All that can be seen once pages are compared. */
  readonly whole: TimeWindow
  readonly clock: Clock
}

/** Pages to compare, as the link keeps them. */
export function useCompared({ pfn, window, whole, clock }: Shown): Compared {
  const [view, setView] = useView()
  const viewNow = useViewNow()
  const othersOf = (comparedPfns: readonly number[] | undefined) => (comparedPfns ?? []).filter((one) => one !== pfn)
  const pfns = othersOf(view.comparedPfns)
  const set = (next: readonly number[]) =>
    setView({ pfn, comparedPfns: next.length === 0 ? undefined : next, ...windowToLink(window, whole, clock) })
  return {
    pfns,
    room: MOST_COMPARED - pfns.length,
    add: (added) => {
      const wanted = [...othersOf(viewNow().comparedPfns), ...added.filter((one) => one !== pfn)]
      set([...new Set(wanted)].slice(0, MOST_COMPARED))
    },
    remove: (removed) => set(othersOf(viewNow().comparedPfns).filter((one) => one !== removed)),
    clear: () => set([]),
    open: (opened) =>
      setView({
        pfn: opened,
        comparedPfns: othersOf(viewNow().comparedPfns).map((one) => (one === opened ? pfn : one)),
        lifetime: undefined,
        event: undefined,
        ...windowToLink(window, whole, clock),
      }),
  }
}
