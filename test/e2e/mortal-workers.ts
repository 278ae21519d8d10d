declare global {
  interface Window {
    /** Ends the newest worker as the system does, without a word: now, or the next one at its n-th message. */
    endWorker: (atMessage?: number) => void
  }
}

/** Runs in a page before it has workers, and alone: from then on `window.endWorker` ends workers. */
export function makeWorkersMortal(): void {
  const workers: Worker[] = []
  let endNext: number | undefined
  window.endWorker = (at) => {
    if (at === undefined) workers.at(-1)?.terminate()
    else endNext = at
  }
  window.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given)
      workers.push(this)
      let left = endNext ?? Number.POSITIVE_INFINITY
      endNext = undefined
      this.addEventListener('message', (event) => {
        if (--left > 0) return
        event.stopImmediatePropagation()
        this.terminate()
      })
    }
  }
}
