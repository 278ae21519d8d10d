/** Parts of a page that are about one thing: the first place that one shows is where that thing stands. */
const ABOUT_ONE = 'tr, li, section, figure, article, [data-cell], [data-place]'

/** A line as the link names it: of the capture, or of the other one that it is compared with. */
export type FocusedPlace = { readonly event: string } | { readonly otherEvent: string }

/**
 * The line, `trace.txt:8127`, of what has the focus: its own, or that of the part that it is in; else that of what is
 * selected on the screen, else in the inspector. Nothing when none of these tells a line.
 */
export function focusedPlace(root: Document = document): FocusedPlace | undefined {
  for (let part = aboutOne(root.activeElement); part; part = aboutOne(part.parentElement)) {
    const place = placeIn(part)
    if (place !== undefined) return place
  }
  const selected = root.querySelector<HTMLElement>('main [aria-selected=true]')
  const inspector = root.querySelector<HTMLElement>('[data-inspector]')
  return (selected && placeIn(selected)) ?? (inspector && placeIn(inspector)) ?? undefined
}

function aboutOne(from: Element | null): HTMLElement | null {
  return from?.closest<HTMLElement>(ABOUT_ONE) ?? null
}

function placeIn(part: HTMLElement): FocusedPlace | undefined {
  const said = part.matches('[data-place]') ? part : part.querySelector<HTMLElement>('[data-place]')
  const text = said?.dataset['place'] ?? ''
  if (text === '') return undefined
  return said?.dataset['of'] === 'other' ? { otherEvent: text } : { event: text }
}

/** The button that copies what has the focus: the nearest one around it, else the first of the screen. */
export function focusedCopyButton(root: Document = document): HTMLElement | undefined {
  let part: Element | null = root.activeElement
  while (part && part !== root.body) {
    const inside = part.querySelector<HTMLElement>('[data-copy-menu]')
    if (inside) return inside
    part = part.parentElement
  }
  return root.querySelector<HTMLElement>('main [data-copy-menu], [data-inspector] [data-copy-menu]') ?? undefined
}
