import { type RefObject } from 'react'
import { type PageFactsAnswer } from '../../../queries/page-facts.ts'
import { useViewNow } from '../../../state/use-view.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { eventKey } from '../../events/event-columns.tsx'
import { type Steps } from '../../events/step-queue.ts'
import { useFindStep, useSteps } from '../../events/use-steps.ts'
import { PFN_KEYS } from '../../keys/pfn-keys.ts'
import { useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { nextLife } from '../../timeline/chart-life-of.ts'
import { nextFlag } from '../../timeline/next-flag.ts'
import { type TimelineWindow, windowInLife } from '../../timeline/use-timeline-window.ts'
import { changeOfKey } from '../../widgets/chart-gestures.ts'
import { type ChartFlag } from '../../widgets/chart-flags.tsx'
import { type WindowLimits } from '../../widgets/time-window.ts'
import { type Compared } from './use-compared.ts'
import { type Stretch } from './use-stretch.ts'

/** What a key steps through. */
type KeyKind = 'event' | 'failure' | 'stretch'

/** What the keys of the screen act on. */
export interface PfnKeysOf {
  readonly facts: PageFactsAnswer
  readonly lifetime: number
  readonly flags: readonly ChartFlag[]
  readonly time: TimelineWindow
  readonly limits: WindowLimits
  /** The moment under the crosshair, else the selected one: what zooming keeps still. */
  readonly aroundNs: number | undefined
  readonly hoverNs: number | undefined
  readonly stretch: Stretch
  readonly compared: Compared
  readonly compareInput: RefObject<HTMLInputElement | null>
  readonly goTo: (ns: number, patch: Pick<ViewState, 'event'> | Pick<ViewState, 'failure'>) => void
  readonly onLife: (life: number) => void
}

/** Keys of the screen of a page. Those that step wait for each other: see `stepQueue`. */
export function usePfnKeys(of: PfnKeysOf): void {
  const { facts, lifetime, time, limits, aroundNs, compared } = of
  const press = useSteps<KeyKind>(useStepping(of))
  useViewShortcuts(PFN_KEYS, (id) => {
    if (id === 'event-next') press({ kind: 'event', by: 1 })
    else if (id === 'event-previous') press({ kind: 'event', by: -1 })
    else if (id === 'failure-next') press({ kind: 'failure', by: 1 })
    else if (id === 'failure-previous') press({ kind: 'failure', by: -1 })
    else if (id === 'stretch') press({ kind: 'stretch', by: 1 })
    else if (id === 'compare') of.compareInput.current?.focus()
    else if (id === 'compare-none') compared.clear()
    else if (id.startsWith('life-')) {
      const life = nextLife(facts.lifetimes.length, lifetime, id === 'life-next' ? 1 : -1)
      if (life !== undefined) of.onLife(life)
    } else {
      const change = changeOfKey(id.slice('window-'.length), aroundNs, limits)
      if (change) time.onCommit(change)
    }
  })
}

function useStepping({
  facts,
  lifetime,
  flags,
  time,
  hoverNs,
  stretch,
  goTo,
}: PfnKeysOf): (steps: Steps<KeyKind>) => Promise<void> {
  const viewNow = useViewNow()
  const findStep = useFindStep()
  const filters = { pfn: facts.pfn }
  const stepEvents = async (by: number): Promise<void> => {
    const from = viewNow().event
    const event = await findStep({ filters, from, by, start: windowInLife(time.windowNow(), lifetime, facts) })
    // What was selected meanwhile came after these keys.
    if (event && viewNow().event === from) goTo(event.time.ns, { event: eventKey(event) })
  }
  const stepFailures = async (by: number): Promise<void> => {
    const event = await findStep({ filters, from: viewNow().event, by: 0 })
    const at = event?.time.ns ?? (by > 0 ? time.windowNow().from : time.windowNow().to)
    const next = nextFlag(flags, viewNow().failure, at, by)
    if (next) goTo(next.ns, { failure: next.id })
  }
  /** At the event that the keys before this one led to, which may not be drawn yet. */
  const pressStretch = async (): Promise<void> => {
    const event = hoverNs === undefined ? await findStep({ filters, from: viewNow().event, by: 0 }) : undefined
    stretch.press(hoverNs ?? event?.time.ns)
  }
  return ({ kind, by }) => {
    if (kind === 'stretch') return pressStretch()
    return kind === 'event' ? stepEvents(by) : stepFailures(by)
  }
}
