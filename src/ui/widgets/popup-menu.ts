import { type KeyboardEvent } from 'react'

/** Into the top layer, beside its button, and focused; once, for the ref is called again with each drawing. */
export function showPopup(menu: HTMLElement, place: DOMRect | undefined): void {
  if (menu.dataset['shown'] !== undefined) return
  menu.dataset['shown'] = ''
  menu.showPopover?.()
  if (place) {
    const { width, height } = menu.getBoundingClientRect()
    const isAbove = place.bottom + height > innerHeight && place.top > height
    menu.style.top = `${Math.max(0, isAbove ? place.top - height : place.bottom)}px`
    menu.style.left = `${Math.max(0, Math.min(place.right - width, innerWidth - width))}px`
  }
  menu.querySelector<HTMLElement>('[role=menuitem]')?.focus({ preventScroll: true })
}

/** Arrows, Home, End, and the first letter of an item; false when the key means nothing here. */
export function movePopupFocus({ key, currentTarget }: KeyboardEvent<HTMLDivElement>): boolean {
  const items = [...currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')]
  const now = items.findIndex((item) => item === document.activeElement)
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: (now + 1) % items.length,
    ArrowUp: (Math.max(now, 0) - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }
  const byLetter = items.findIndex((item) => item.textContent?.toLowerCase().startsWith(key.toLowerCase()))
  const next = Object.hasOwn(moves, key) ? moves[key] : key.length === 1 && key !== ' ' ? byLetter : -1
  if (next < 0) return false
  items[next]?.focus()
  return true
}
