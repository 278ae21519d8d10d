import { createContext, type ReactNode, use, useMemo, useState } from 'react'

/** Which fact of which page is pointed at, so that all that it cites is highlighted together. */
export interface Cited {
  readonly pfn: number
  readonly number: number
}

interface CitedState {
  readonly cited: Cited | undefined
  readonly setCited: (cited: Cited | undefined) => void
}

const CitedContext = createContext<CitedState>({ cited: undefined, setCited: () => undefined })

interface CitedProviderProps {
  /** What the facts tell of, where that changes while the list stays: what was pointed at before means nothing then. */
  readonly of?: string
  readonly children: ReactNode
}

/** Around a list of facts and the timeline that their numbers mark. */
export function CitedProvider({ of = '', children }: CitedProviderProps): ReactNode {
  const [told, setTold] = useState<{ readonly of: string; readonly cited: Cited | undefined }>()
  const cited = told?.of === of ? told.cited : undefined
  const state = useMemo(
    () => ({ cited, setCited: (next: Cited | undefined) => setTold({ of, cited: next }) }),
    [cited, of],
  )
  return <CitedContext value={state}>{children}</CitedContext>
}

/** The number that is pointed at among the facts of a page, and the way to point. */
export function useCited(pfn: number): readonly [number | undefined, (number: number | undefined) => void] {
  const { cited, setCited } = use(CitedContext)
  return [
    cited?.pfn === pfn ? cited.number : undefined,
    (number) => setCited(number === undefined ? undefined : { pfn, number }),
  ]
}
