import { type ReactNode } from 'react'

/** The Owners screen. */
export function OwnersView(): ReactNode {
  return null
}
