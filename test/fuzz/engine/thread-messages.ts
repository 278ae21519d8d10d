import { type Fault, type TargetName } from '../fuzz-case.ts'

/** What a thread is to try. */
export interface ThreadTask {
  readonly seed: number
  /** The first input of this thread; a thread that takes the place of one that died goes on behind what killed it. */
  readonly first: number
  /** Inputs to try in all; none when the time is what ends it. */
  readonly inputs: number
  readonly endsAt: number
  /** Inputs that are tried, with all that was found once and all that is tried in ever greater sizes, though time be over. */
  readonly least: number
  /** How large inputs are that are tried in ever greater sizes; 0 for none. */
  readonly scale: number
  /** What the names of kinds of those have in them; undefined for all kinds. */
  readonly kinds: readonly string[] | undefined
  readonly targets: readonly TargetName[]
  /** Folders of files to begin with. */
  readonly folders: readonly string[]
  /** Inputs that reached something new, of earlier runs. */
  readonly kept: readonly Uint8Array[]
  /** What is tried now: number of the input, its size, and how often another was tried, as 32-bit words; then its bytes. */
  readonly now: SharedArrayBuffer
}

/** What a thread tells. */
export type ThreadMessage =
  | { readonly kind: 'progress'; readonly figures: Figures }
  | { readonly kind: 'found'; readonly fault: Fault; readonly packed: Uint8Array; readonly nth: number }
  | { readonly kind: 'scaled'; readonly told: string }
  | { readonly kind: 'kept'; readonly packed: Uint8Array }
  | { readonly kind: 'done'; readonly figures: Figures }

/** How far a thread is. */
export interface Figures {
  readonly tried: number
  /** Cases that were found once: how many there are, and how many were tried. */
  readonly found: number
  readonly foundTried: number
  /** Kinds of inputs that were tried in ever greater sizes. */
  readonly scaled: number
  readonly keptInputs: number
  readonly blocks: number
  readonly bases: number
  /** By how much one input made the greatest memory of the process grow, bytes. */
  readonly mostGrownBytes: number
  /** For a byte of an input, or of what is packed in it where that is more. */
  readonly mostStepsPerByte: number
}

/** Where the bytes of an input begin in `ThreadTask.now`. */
export const HEAD_BYTES = 12

/** Room for them: an input is hardly ever larger. */
export const NOW_BYTES = 4 << 20
