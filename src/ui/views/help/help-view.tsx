import { type ReactNode } from 'react'

/** The Help screen. */
export function HelpView(): ReactNode {
  return null
}
