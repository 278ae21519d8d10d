import { type ReactNode, useDeferredValue } from 'react'

/**
 * Draws its children right after what is around it has been painted, in slices that keys and clicks come between: for the
 * lower parts of a screen that would together be a task long enough to feel.
 */
export function Later({ children }: { readonly children: ReactNode }): ReactNode {
  return useDeferredValue(true, false) ? children : undefined
}
