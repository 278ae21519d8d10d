import { type Change } from '../../session/register.ts'
import { parseSessionVerdict, SESSION_VERDICT_WORDS } from '../../session/session-verdict.ts'

/** Who said it: `Ann`, `me`, or that no name was given. */
export function authorText({ by }: Change, isMine: boolean): string {
  if (by !== '') return by
  return isMine ? 'me' : 'no name given'
}

/** The day it was said, by the author's clock: `2026-11-22`. */
export function dayText({ at }: Change): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? 'no date' : date.toISOString().slice(0, 10)
}

/** A value as people read it: a verdict's words, the text, or that it was taken away. */
export function valueText(value: string | null): string {
  if (value === null) return 'taken away'
  const verdict = parseSessionVerdict(value)
  return verdict === undefined ? value : SESSION_VERDICT_WORDS[verdict]
}
