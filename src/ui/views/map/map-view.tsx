import { type ReactNode } from 'react'

/** The Map screen. */
export function MapView(): ReactNode {
  return null
}
