/** A number in 3 to 6 digits, without an exponent: `12.5`, `0.0417`, `123456`. Whole numbers stay whole. */
export function rateText(value: number): string {
  if (Number.isInteger(value)) return String(value)
  const size = Math.abs(value)
  if (size >= 100_000) return String(Math.round(value))
  const digits = size >= 1 ? Math.min(6, Math.floor(Math.log10(size)) + 4) : 3
  const text = value.toPrecision(digits)
  return text.includes('e') ? value.toFixed(12).replace(/0+$/, '').replace(/\.$/, '') : text
}

/** With its sign, and a minus that is as wide as a plus. */
export function signedText(value: number): string {
  if (value === 0) return '0'
  return value > 0 ? `+${rateText(value)}` : `\u2212${rateText(-value)}`
}
