import { exponential, naturalLog } from './same-math.ts'

/**
 * Two shares compared: `a` of `n` here, `b` of `m` elsewhere. G² is the log-likelihood ratio of Dunning, *Accurate Methods
 * for the Statistics of Surprise and Coincidence*, Computational Linguistics 19(1), 1993: twice the sum of
 * observed × ln(observed / expected) over the four cells of the table; unlike χ² it holds for rare things, too.
 */
export function logLikelihoodRatio(a: number, n: number, b: number, m: number): number {
  const total = n + m
  const having = a + b
  if (n <= 0 || m <= 0 || having <= 0 || having >= total) return 0
  const cells = [
    [a, (n * having) / total],
    [b, (m * having) / total],
    [n - a, (n * (total - having)) / total],
    [m - b, (m * (total - having)) / total],
  ]
  const sum = cells.reduce(
    (so, [observed, expected]) => so + (observed > 0 ? observed * naturalLog(observed / expected) : 0),
    0,
  )
  return Math.max(0, 2 * sum)
}

/** The least of the four counts that would be expected if both shares were the same. */
export function leastExpected(a: number, n: number, b: number, m: number): number {
  const total = n + m
  if (total === 0) return 0
  return (Math.min(n, m) * Math.min(a + b, total - a - b)) / total
}

/** How likely chance alone gives a G² of at least `ratio`: the tail of χ² with one degree of freedom. */
export function chanceOf(ratio: number): number {
  return Math.min(1, complementaryError(Math.sqrt(Math.max(0, ratio) / 2)))
}

/** erfc for x >= 0, relative error below 1.2e-7 (Press et al., Numerical Recipes, 6.2, Chebyshev fit). */
function complementaryError(x: number): number {
  const t = 1 / (1 + x / 2)
  const fit = FIT.reduceRight((so, term) => so * t + term, 0)
  return t * exponential(-x * x + fit)
}

const FIT = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
  0.17087277,
]
