import { useEffect } from 'react'

/**
 * Marks the control with a tip that the pointer was moved over, as `data-pointed`: what comes to lie under a pointer that
 * rests was not asked about, though it counts as hovered.
 */
export function useTips(): void {
  useEffect(() => {
    let pointed: Element | undefined
    let at = ''
    const point = (control: Element | undefined): void => {
      if (control === pointed) return
      pointed?.removeAttribute('data-pointed')
      control?.setAttribute('data-pointed', '')
      pointed = control
    }
    const onMove = (event: PointerEvent): void => {
      const now = `${event.screenX} ${event.screenY}`
      // After a change of layout a browser may tell of a move that was none.
      if (now === at) return
      at = now
      point(event.target instanceof Element ? (event.target.closest('[data-tip]') ?? undefined) : undefined)
    }
    const onPress = (): void => point(undefined)
    window.addEventListener('pointermove', onMove, { passive: true })
    window.addEventListener('pointerdown', onPress, { passive: true })
    return () => {
      window.removeEventListener('pointermove', onMove)
      window.removeEventListener('pointerdown', onPress)
      point(undefined)
    }
  }, [])
}
