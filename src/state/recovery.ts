import { type BridgeProblem, type LoadProgress, type LoadResult } from '../bridge/protocol.ts'

/** What became of a capture whose worker ended: what is shown of it stays, and nothing new can be asked meanwhile. */
export type Loss =
  /** It is being opened again, by itself. */
  | { readonly status: 'reopening'; readonly progress?: LoadProgress }
  /** It is gone until a person opens it again. */
  | { readonly status: 'lost'; readonly problem: BridgeProblem }
  /** It is there, and an answer took more memory than there was. */
  | { readonly status: 'scarce'; readonly problem: BridgeProblem }

/** What recovering needs of whoever holds the capture. */
export interface RecoveryTask {
  readonly onLost: (tell: (problem: BridgeProblem) => void) => void
  /** Other files are being read, which must not be disturbed. */
  readonly isBusy: () => boolean
  /** Opens once more what was open. */
  readonly reopen: (tell: (progress: LoadProgress) => void) => Promise<LoadResult>
  readonly onChange: () => void
}

/**
 * Opens a capture again whose worker ended: once by itself, for a browser ends workers that did nothing wrong. From then on a
 * person decides: what is on the screen may be what ended it.
 */
export class Recovery {
  readonly #task: RecoveryTask
  #loss: Loss | undefined
  #wasMended = false
  #mending: Promise<boolean> = Promise.resolve(false)
  /** Tells one opening from those before. */
  #count = 0

  constructor(task: RecoveryTask) {
    this.#task = task
    task.onLost((problem) => this.#onLost(problem))
  }

  /** What is wrong; undefined while nothing is. */
  readonly loss = (): Loss | undefined => this.#loss

  /** Opens it again, because a person asks for it. */
  readonly reopen = (): void => {
    if (this.#loss?.status === 'lost' && !this.#task.isBusy()) this.#begin()
  }

  /** An answer took more memory than there is. */
  tellScarce(problem: BridgeProblem): void {
    if (this.#loss === undefined) this.#set({ status: 'scarce', problem })
  }

  /** Puts away what is said of an answer. */
  readonly dismiss = (): void => {
    if (this.#loss?.status === 'scarce') this.#set(undefined)
  }

  /** Another capture is there: nothing is lost of it. */
  forget(): void {
    this.#count++
    this.#wasMended = false
    this.#set(undefined)
  }

  /** Waits, after a question that failed, until what was lost is there again: true when the question is worth asking again. */
  async mended({ code }: BridgeProblem): Promise<boolean> {
    if (code !== 'worker_died' && code !== 'storage_lost') return false
    return this.#loss?.status === 'reopening' ? this.#mending : false
  }

  #onLost(problem: BridgeProblem): void {
    if (this.#wasMended || this.#task.isBusy()) return this.#set({ status: 'lost', problem })
    this.#wasMended = true
    this.#begin()
  }

  #begin(): void {
    this.#mending = this.#mend(++this.#count)
  }

  async #mend(count: number): Promise<boolean> {
    this.#set({ status: 'reopening' })
    const result = await this.#task.reopen((progress) => {
      // What is told last may come when it is over.
      if (this.#count === count && this.#loss?.status === 'reopening') this.#set({ status: 'reopening', progress })
    })
    if (this.#count !== count) return false
    this.#set(result.ok ? undefined : { status: 'lost', problem: result.problem })
    return result.ok
  }

  #set(loss: Loss | undefined): void {
    if (this.#loss === loss) return
    this.#loss = loss
    this.#task.onChange()
  }
}
