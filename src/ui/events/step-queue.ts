/** One or more presses of keys of one kind: `by` is how far, negative is back, never 0. */
export interface Steps<Kind extends string> {
  readonly kind: Kind
  readonly by: number
}

/**
 * Takes presses one after another, so that each begins where the one before it led, even when finding out where that is
 * takes a while. Presses that wait and go the same way are taken as one, so that a held key runs up no debt. `take` must
 * not reject.
 */
export function stepQueue<Kind extends string>(
  take: (steps: Steps<Kind>) => Promise<void>,
): (steps: Steps<Kind>) => void {
  const waiting: Steps<Kind>[] = []
  let isTaking = false
  const takeAll = async (): Promise<void> => {
    isTaking = true
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await take(next)
    isTaking = false
  }
  return (steps) => {
    const last = waiting.at(-1)
    const isSameWay = last?.kind === steps.kind && Math.sign(last.by) === Math.sign(steps.by)
    if (last && isSameWay) waiting[waiting.length - 1] = { ...last, by: last.by + steps.by }
    else waiting.push(steps)
    if (!isTaking) void takeAll()
  }
}
