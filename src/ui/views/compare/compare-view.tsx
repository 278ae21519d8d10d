import { type ReactNode } from 'react'

/** The Compare screen. */
export function CompareView(): ReactNode {
  return null
}
