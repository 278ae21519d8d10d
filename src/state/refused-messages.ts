import { useSyncExternalStore } from 'react'

/** Messages that came from a page that is not allowed, by its origin. */
export interface RefusedMessages {
  readonly origin: string
  readonly count: number
}

/** A page that counts up origins may not fill the memory. */
const MOST_ORIGINS = 10

let refused: readonly RefusedMessages[] = []
const listeners = new Set<() => void>()

/** Notes a message that was refused. Its sender is told nothing. */
export function noteRefused(origin: string): void {
  const before = refused.find((one) => one.origin === origin)
  if (before === undefined && refused.length >= MOST_ORIGINS) return
  const others = refused.filter((one) => one !== before)
  refused = [...others, { origin, count: (before?.count ?? 0) + 1 }]
  for (const listener of listeners) listener()
}

/** What was refused since the page was opened. */
export function useRefusedMessages(): readonly RefusedMessages[] {
  return useSyncExternalStore(subscribe, refusedNow)
}

/** What was refused so far. */
export function refusedNow(): readonly RefusedMessages[] {
  return refused
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
