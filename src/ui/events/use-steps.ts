import { useCallback, useEffect, useEffectEvent, useRef } from 'react'
import { type EventAnswer } from '../../queries/events.ts'
import { useCaptureStore } from '../../state/use-trace.ts'
import { findStep, type StepWish } from './find-step.ts'
import { type Steps, stepQueue } from './step-queue.ts'

type Press<Kind extends string> = (steps: Steps<Kind>) => void

/** Keys that wait for each other: see `stepQueue`. `take` is always the latest; nothing is taken once the screen is left. */
export function useSteps<Kind extends string>(take: (steps: Steps<Kind>) => Promise<void>): Press<Kind> {
  const queue = useRef<Press<Kind>>(undefined)
  const onTake = useEffectEvent(take)
  useEffect(() => {
    let isShown = true
    queue.current = stepQueue<Kind>(async (steps) => (isShown ? onTake(steps) : undefined))
    return () => {
      isShown = false
    }
  }, [])
  return useCallback((steps) => queue.current?.(steps), [])
}

/** Asks the worker which event steps lead to. `undefined` also when it cannot tell: the table says why. */
export function useFindStep(): (wish: StepWish) => Promise<EventAnswer | undefined> {
  const store = useCaptureStore()
  return useCallback(
    (wish) =>
      findStep(async (question) => {
        const result = await store.ask('events', question)
        return result.ok ? result.answer : undefined
      }, wish),
    [store],
  )
}
