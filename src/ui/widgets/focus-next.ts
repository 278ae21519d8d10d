const STOPS = 'a[href], button, input, select, textarea, summary, [tabindex]'

/** Moves the focus to what the Tab key would go to: for a Tab that was kept back until it was known whose it is. */
export function focusNext(from: HTMLElement): void {
  const stops = [...document.querySelectorAll<HTMLElement>(STOPS)].filter(
    (element) =>
      element === from || (element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility()),
  )
  stops[stops.indexOf(from) + 1]?.focus()
}
