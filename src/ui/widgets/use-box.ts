import { type RefCallback, useEffect, useState } from 'react'

/** Size of an element in whole px, followed as it changes; `before` until it is measured. */
export function useBox(before: { readonly width: number; readonly height: number }) {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [box, setBox] = useState(before)
  useEffect(() => {
    if (!element) return undefined
    const measure = (): void =>
      setBox((last) => {
        const [width, height] = [Math.floor(element.clientWidth), Math.floor(element.clientHeight)]
        if (width === 0 || height === 0 || (last.width === width && last.height === height)) return last
        return { width, height }
      })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  const setBoxElement: RefCallback<HTMLElement> = setElement
  return [setBoxElement, box] as const
}
