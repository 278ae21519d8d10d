/**
 * Compares names in which numbers count as numbers: `po-2` before `po-10`. All else by code units, so that the order is the
 * same on every machine: what `Intl.Collator` says changes with its version. 0 for equal names only.
 */
export function compareNumbered(one: string, other: string): number {
  const [mine, its] = [one, other].map((name) => name.match(PARTS) ?? [])
  for (let at = 0; at < Math.min(mine.length, its.length); at++) {
    const order = compareParts(mine[at], its[at])
    if (order !== 0) return order
  }
  return mine.length - its.length || compareTexts(one, other)
}

const PARTS = /\d+|\D+/g

function compareParts(one: string, other: string): number {
  const isNumber = /^\d/
  if (!isNumber.test(one) || !isNumber.test(other)) return compareTexts(one, other)
  // As texts: a number of any length is compared, `007` as 7.
  const [mine, its] = [one, other].map((digits) => digits.replace(/^0+(?=\d)/, ''))
  return mine.length - its.length || compareTexts(mine, its)
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
