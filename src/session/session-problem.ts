/** Why a session was not taken. `newer`: a later pinscope wrote it, and it must not be overwritten. */
export interface SessionProblem {
  readonly kind: 'newer' | 'broken'
  /** For people, a sentence. */
  readonly message: string
}
