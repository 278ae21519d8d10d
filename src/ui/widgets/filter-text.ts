/** A stretch `[start, end)` of a text. */
export interface TextSpan {
  readonly start: number
  readonly end: number
}

/** What is wrong with a text, and where. */
export interface Mistake extends TextSpan {
  readonly message: string
}

/** Something to write in place of a stretch. */
export interface Completion {
  readonly text: string
  /** What it is, in a few words. */
  readonly detail: string
}

/** A stretch of a text that is wrong or right as a whole. */
export interface TextPart {
  readonly text: string
  readonly start: number
  readonly isWrong: boolean
}

/** Cuts a text where mistakes begin and end; mistakes of an older, longer text are cut with it. */
export function partsOf(text: string, mistakes: readonly TextSpan[]): readonly TextPart[] {
  const edges = new Set([0, text.length, ...mistakes.flatMap(({ start, end }) => [start, end])])
  const cuts = [...edges].filter((edge) => edge <= text.length).toSorted((a, b) => a - b)
  return cuts.slice(1).map((end, at) => {
    const start = cuts[at]
    const isWrong = mistakes.some((mistake) => mistake.start <= start && mistake.end >= end)
    return { text: text.slice(start, end), start, isWrong }
  })
}

/** The text with a completion in it, and where the caret goes on. `goesOn`: something is to follow at once. */
export function afterCompletion(
  text: string,
  replaced: TextSpan,
  completion: string,
): { readonly text: string; readonly caret: number; readonly goesOn: boolean } {
  const goesOn = /[:<>=]$/.test(completion)
  const rest = text.slice(replaced.end)
  const blank = goesOn || /^[\s),|]/.test(rest) ? '' : ' '
  const before = `${text.slice(0, replaced.start)}${completion}${blank}`
  return { text: before + rest, caret: before.length, goesOn }
}
