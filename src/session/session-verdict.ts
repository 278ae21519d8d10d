/** What a person says of a failed range or of a stack: the triage verdict, apart from what the engine finds (`held` …). */
export const SESSION_VERDICTS = ['new', 'suspect', 'confirmed', 'noise', 'fixed', 'wont_fix'] as const
export type SessionVerdict = (typeof SESSION_VERDICTS)[number]

/** How a triage verdict is shown: a glyph never stands without its word. */
export const SESSION_VERDICT_WORDS: Readonly<Record<SessionVerdict, string>> = {
  new: 'new',
  suspect: 'suspect',
  confirmed: 'confirmed',
  noise: 'noise',
  fixed: 'fixed',
  wont_fix: "won't fix",
}

/** Shapes that differ without colour. */
export const SESSION_VERDICT_GLYPHS: Readonly<Record<SessionVerdict, string>> = {
  new: '○',
  suspect: '◐',
  confirmed: '●',
  noise: '~',
  fixed: '✓',
  wont_fix: '⊘',
}

/** What a triage verdict means, for tooltips. */
export const SESSION_VERDICT_ABOUT: Readonly<Record<SessionVerdict, string>> = {
  new: 'Seen, not judged yet',
  suspect: 'Probably right; somebody should look',
  confirmed: 'The holder named is the culprit',
  noise: 'Nothing to do about it',
  fixed: 'The cause is gone',
  wont_fix: 'The cause is known and stays',
}

/** The verdict of a text; `undefined` where it is none. */
export function parseSessionVerdict(text: string | null | undefined): SessionVerdict | undefined {
  return SESSION_VERDICTS.find((word) => word === text)
}

/** `◐ suspect`. */
export function sessionVerdictText(verdict: SessionVerdict): string {
  return `${SESSION_VERDICT_GLYPHS[verdict]} ${SESSION_VERDICT_WORDS[verdict]}`
}
