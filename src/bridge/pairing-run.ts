import { type JudgeStep, type Rest } from '../derive/derive.ts'
import { type Derived } from '../derive/derived.ts'
import { runWithPauses } from './run-with-pauses.ts'

/** Pairs the rest of a capture's references in pauses, behind the answers to questions. Never rejects, but where our own code fails. */
export class PairingRun {
  readonly #giveUp = new AbortController()
  #tell: ((step: JudgeStep) => void) | undefined
  #last: JudgeStep | undefined
  /** The tables with all holds; undefined when given up. */
  readonly done: Promise<Derived | undefined>

  constructor(rest: Rest) {
    this.done = this.#run(rest)
  }

  async #run(rest: Rest): Promise<Derived | undefined> {
    // What is asked as soon as the capture is there comes first.
    await new Promise((resolve) => setTimeout(resolve, 0))
    if (this.#giveUp.signal.aborted) return undefined
    return runWithPauses(rest.steps(), this.#giveUp.signal, (step) => {
      this.#last = step
      this.#tell?.(step)
    })
  }

  /** Tells how far it is from now on, ten times a second at most. */
  listen(tell: (step: JudgeStep) => void): void {
    this.#tell = tell
    if (this.#last !== undefined) tell(this.#last)
  }

  stop(): void {
    this.#giveUp.abort()
  }
}
