import { useEffect, useState } from 'react'
import { isPrivateWindow } from './private-window.ts'

/** Asked once: a window does not change. */
let asked: Promise<boolean> | undefined

/** True once it is known that what the browser keeps goes when this window is closed. */
export function useIsPrivateWindow(): boolean {
  const [isPrivate, setIsPrivate] = useState(false)
  useEffect(() => {
    asked ??= isPrivateWindow()
    void asked.then(setIsPrivate)
  }, [])
  return isPrivate
}
