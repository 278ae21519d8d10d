/**
 * What a difference of two counts says. `told`: chance alone hardly makes it. `chance`: so many would tell, and chance
 * alone makes such a difference easily. `too_few`: so few never tell, however they fall. `unknown`: how long or how often
 * was looked is not known of one side.
 */
export type Tells = 'told' | 'chance' | 'too_few' | 'unknown'

/** Below this chance a difference counts as told. References come in batches (one call, several pages), so 5 % would be too lax. */
export const TELLING_CHANCE = 0.01

/** The rule in words, for whoever reads a table. */
export const RATE_RULE =
  'A difference counts as told when chance alone makes one so large in less than 1 of 100 captures: two Poisson rates, of ' +
  'which the events fall to A or B by how long each looked (J. Przyborowski and H. Wilenski, Biometrika 31, 1940); for ' +
  'failed attempts Fisher’s exact test. Too few to tell: even if all events fell to one side they would not tell. What one call ' +
  'took at once, and the pageblocks of one compaction, are one event. Of 100 rows that nothing changed one may be told all ' +
  'the same.'

/** A count, and how long (ns) or how often was looked for it. */
export interface Exposed {
  readonly count: number
  readonly exposure: number
}

/**
 * Compares two rates. Given `n` events in all, and equal rates, A's count is binomial with the share of A's exposure; the
 * chance of the two tails is twice that of the smaller. O(sqrt n).
 */
export function compareRates(a: Exposed, b: Exposed): Tells {
  if (!(a.exposure > 0 && b.exposure > 0)) return a.count + b.count === 0 ? 'chance' : 'unknown'
  const total = a.count + b.count
  const share = a.exposure / (a.exposure + b.exposure)
  if (total === 0) return 'chance'
  const most = Math.min(twoTails(total, total, share), twoTails(0, total, share))
  if (most >= TELLING_CHANCE) return 'too_few'
  return twoTails(a.count, total, share) < TELLING_CHANCE ? 'told' : 'chance'
}

/** Failed attempts of all attempts. */
export interface Proportion {
  readonly failed: number
  readonly total: number
}

/** Compares two shares by Fisher's exact test: the margins stay, what fell to A is hypergeometric. O(failed). */
export function compareShares(a: Proportion, b: Proportion): Tells {
  if (a.total === 0 || b.total === 0) return 'unknown'
  const failed = a.failed + b.failed
  const least = Math.max(0, failed - b.total)
  const most = Math.min(a.total, failed)
  if (least === most) return 'chance'
  const chanceOf = (count: number): number =>
    Math.exp(logChoose(a.total, count) + logChoose(b.total, failed - count) - logChoose(a.total + b.total, failed))
  const mean = (a.total * failed) / (a.total + b.total)
  const bothTails = (count: number): number => twiceTail(count, mean, { least, most, chanceOf })
  if (Math.min(bothTails(least), bothTails(most)) >= TELLING_CHANCE) return 'too_few'
  return bothTails(a.failed) < TELLING_CHANCE ? 'told' : 'chance'
}

/** Chance of a binomial count as far out as `count`, on both sides: at most 1. */
function twoTails(count: number, total: number, share: number): number {
  const chanceOf = (at: number): number =>
    Math.exp(logChoose(total, at) + at * Math.log(share) + (total - at) * Math.log1p(-share))
  return twiceTail(count, total * share, { least: 0, most: total, chanceOf })
}

interface Distribution {
  readonly least: number
  readonly most: number
  readonly chanceOf: (count: number) => number
}

/** Twice the sum of the chances from a count outwards, away from the mean: the smaller tail, but next to the mean. */
function twiceTail(count: number, mean: number, { least, most, chanceOf }: Distribution): number {
  const step = count < mean ? -1 : 1
  let sum = 0
  for (let at = count; at >= least && at <= most; at += step) {
    const chance = chanceOf(at)
    sum += chance
    // Outwards they only fall.
    if (sum >= 0.5 || chance < sum * 1e-12 || chance === 0) break
  }
  return Math.min(1, 2 * sum)
}

function logChoose(total: number, part: number): number {
  return logFactorial(total) - logFactorial(part) - logFactorial(total - part)
}

const SMALL: readonly number[] = Array.from({ length: 128 }).reduce<number[]>(
  (sums, _, at) => [...sums, at === 0 ? 0 : sums[at - 1] + Math.log(at)],
  [],
)

/** ln n!; of large numbers by Stirling's series, exact to 1e-12 from 128 on. */
function logFactorial(n: number): number {
  if (n < SMALL.length) return SMALL[n]
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3)
}
