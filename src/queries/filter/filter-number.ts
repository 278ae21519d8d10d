/** Numbers from `low` to `high`, both included. */
export interface NumberRange {
  readonly low: number
  readonly high: number
}

const NUMBER = '-?(?:0x[0-9a-f]{1,13}|\\d{1,16})'
const RANGE = new RegExp(`^(${NUMBER})(?:-(${NUMBER}))?$`, 'i')

/** `3`, `-1`, `0x17ac9`, `2-5`, `0x17800-0x17c00`; undefined when it is none, or runs backwards. */
export function readNumberRange(text: string): (NumberRange & { readonly isRange: boolean }) | undefined {
  const match = RANGE.exec(text)
  if (match === null) return undefined
  const low = readNumber(match[1])
  const high = match[2] === undefined ? low : readNumber(match[2])
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || high < low) return undefined
  return { low, high, isRange: match[2] !== undefined }
}

function readNumber(text: string): number {
  return text.startsWith('-') ? -Number(text.slice(1)) : Number(text)
}

/** The two ends of a range of times as written: `1.5-2`; one end twice for a moment. */
export function readTimeRange(text: string): { readonly from: string; readonly to: string } | undefined {
  const match = /^(\d+(?:\.\d{1,9})?)(?:-(\d+(?:\.\d{1,9})?))?$/.exec(text)
  return match === null ? undefined : { from: match[1], to: match[2] ?? match[1] }
}

const UNIT_NS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9 }

/** `10ms`, `1.5s`: nanoseconds; undefined without a unit. */
export function readDurationNs(text: string): number | undefined {
  const match = /^(\d{1,12}(?:\.\d{1,9})?)(ns|us|ms|s)$/.exec(text)
  return match === null ? undefined : Math.round(Number(match[1]) * UNIT_NS[match[2]])
}
