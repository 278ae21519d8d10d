import { type RefCallback, useEffect, useState } from 'react'

/** Width of an element in whole px, followed as it changes; `before` until it is measured. */
export function useWidth(before = 800): readonly [RefCallback<HTMLElement>, number] {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [width, setWidth] = useState(before)
  useEffect(() => {
    if (!element) return undefined
    const measure = () => setWidth(Math.floor(element.clientWidth) || before)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [element, before])
  return [setElement, width]
}
