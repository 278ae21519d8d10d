import { type Endpoint } from 'comlink'
import { watchPulse } from './worker-pulse.ts'

/** Whoever sends events of a worker. */
type Events = Pick<Endpoint, 'addEventListener' | 'removeEventListener'>

/**
 * Calls `tell` once, with what the worker said, when it is gone: it failed, sent what cannot be read, never began, or ended
 * without a word, as one does that the system ended. Gives back what stops watching.
 */
export function onWorkerDeath(worker: Endpoint, tell: (words: string) => void): () => void {
  const onError = (event: Event | { readonly message?: string }): void => {
    die('message' in event && typeof event.message === 'string' ? event.message : '')
  }
  const onUnreadable = (): void => die('what it sent could not be read')
  const stop = (): void => {
    stopPulse()
    listenTo(worker, 'removeEventListener')
  }
  const listenTo = (events: Events, how: keyof Events): void => {
    events[how]('error', onError)
    events[how]('messageerror', onUnreadable)
  }
  let isTold = false
  const die = (words: string): void => {
    if (isTold) return
    isTold = true
    stop()
    tell(words)
  }
  listenTo(worker, 'addEventListener')
  const stopPulse = watchPulse(worker, die)
  return stop
}
