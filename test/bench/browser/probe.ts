/** What is waited for in the page: an element that is there, or is not, with a text or attribute as told. */
export interface Condition {
  readonly selector: string
  /** Regular expression that the text of one of the elements matches. */
  readonly text?: string
  /** True when no such element may be there. */
  readonly isAbsent?: boolean
}

/** Moments of the page's clock, ms: the DOM was so, and had been painted so. */
export interface Seen {
  readonly domMs: number
  readonly paintedMs: number
}

/** What the page tells about itself while it is measured. Lives in the page, see `installProbe`. */
export interface Probe {
  /** When the page last got files, a key, a click or typed text. */
  readonly at: { files: number; key: number; click: number; input: number }
  /** Tasks of 50 ms and more on the main thread. */
  readonly longTasks: { start: number; duration: number }[]
  /** Waits until all of some conditions hold at once. Called before that what makes them hold. */
  readonly watch: (name: string, conditions: readonly Condition[]) => void
  /** When they did. Rejects after a while, and when the page tells of a failure. */
  readonly seen: (name: string, withinMs: number) => Promise<Seen>
}

declare global {
  interface Window {
    pinscopeProbe: Probe
  }
}

/**
 * Puts a probe into a page before anything else runs there. Sent to the page as text: it may use nothing from outside
 * itself.
 */
export function installProbe(): void {
  const at = { files: 0, key: 0, click: 0, input: 0 }
  const longTasks: { start: number; duration: number }[] = []
  const waiting = new Map<string, readonly Condition[]>()
  const found = new Map<string, Promise<Seen>>()

  const isSo = ({ selector, text, isAbsent = false }: Condition): boolean => {
    const all = [...document.querySelectorAll(selector)]
    const wanted = text === undefined ? undefined : new RegExp(text)
    return all.some((one) => wanted === undefined || wanted.test(one.textContent)) !== isAbsent
  }
  // A message is delivered after the frame that was begun by then.
  const painted = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', () => resolve(performance.now()), { once: true })
        port1.start()
        port2.postMessage('')
      })
    })
  const look = (): void => {
    for (const [name, conditions] of waiting) {
      if (!conditions.every(isSo)) continue
      waiting.delete(name)
      const domMs = performance.now()
      found.set(
        name,
        painted().then((paintedMs) => ({ domMs, paintedMs })),
      )
    }
  }
  const note = (what: keyof typeof at) => (event: Event) => {
    const isFiles = event.target instanceof HTMLInputElement && event.target.type === 'file'
    if (isFiles === (what === 'files')) at[what] = event.timeStamp
  }
  for (const [type, what] of [
    ['change', 'files'],
    ['keydown', 'key'],
    ['click', 'click'],
    ['input', 'input'],
  ] as const) {
    window.addEventListener(type, note(what), { capture: true })
  }
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) longTasks.push({ start: startTime, duration })
  }).observe({ type: 'longtask' })

  const seen = async (name: string, withinMs: number): Promise<Seen> => {
    const end = performance.now() + withinMs
    for (;;) {
      const result = found.get(name)
      if (result !== undefined) return result
      const alert = document.querySelector('[role=alert]')?.textContent
      const failure = alert ?? (performance.now() > end ? 'it took too long' : undefined)
      if (failure !== undefined) throw new Error(`waited for ${name}: ${failure}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  window.pinscopeProbe = {
    at,
    longTasks,
    watch: (name, conditions) => {
      found.delete(name)
      waiting.set(name, conditions)
    },
    seen,
  }
}
