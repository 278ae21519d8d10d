/**
 * Logarithm and exponential with the same bits everywhere. ECMAScript leaves the last bits of `Math.log`, `Math.exp`,
 * `Math.pow` and their kin to each engine, and Node, Chromium and Firefox do differ; sums, products and quotients of doubles
 * they do not (IEEE 754). The algorithms are those of fdlibm, e_log.c and e_exp.c, "Copyright (C) 1993 by Sun Microsystems,
 * Inc. Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved." Their error is below one unit in the last place.
 */

const LN2_HIGH = 6.9314718036912381649e-1
const LN2_LOW = 1.90821492927058770002e-10

const LOG_TERMS = [
  1.479819860511658591e-1, 1.531383769920937332e-1, 1.818357216161805012e-1, 2.222219843214978396e-1,
  2.857142874366239149e-1, 3.999999999940941908e-1, 6.66666666666673513e-1,
]
const EXP_TERMS = [
  4.13813679705723846039e-8, -1.6533902205465251539e-6, 6.61375632143793436117e-5, -2.77777777770155933842e-3,
  1.66666666666666019037e-1,
]
/** Beyond these the exponential is 0 or no number. */
const MOST_EXPONENT = 709.782712893384
const LEAST_EXPONENT = -745.1332191019411

/** ln x; as `Math.log` for what is not above 0 or not finite. */
export function naturalLog(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return Math.log(x)
  // x = 2^k * (1 + f), f in [sqrt(1/2) - 1, sqrt(2) - 1).
  let k = 0
  let mantissa = x
  for (; mantissa >= Math.SQRT2; mantissa /= 2) k++
  for (; mantissa < Math.SQRT1_2; mantissa *= 2) k--
  const f = mantissa - 1
  const s = f / (2 + f)
  const z = s * s
  const series = z * polynomial(LOG_TERMS, z)
  const half = 0.5 * f * f
  return k * LN2_HIGH - (half - (s * (half + series) + k * LN2_LOW) - f)
}

/** The decimal logarithm. */
export function decimalLog(x: number): number {
  return naturalLog(x) / Math.LN10
}

/** e to the power of x. */
export function exponential(x: number): number {
  if (Number.isNaN(x)) return x
  if (x > MOST_EXPONENT) return Number.POSITIVE_INFINITY
  if (x < LEAST_EXPONENT) return 0
  // x = k ln 2 + (high - low), the difference below half of ln 2.
  const k = Math.round(x / (LN2_HIGH + LN2_LOW))
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const rest = high - low
  const square = rest * rest
  const c = rest - square * polynomial(EXP_TERMS, square)
  return timesPowerOfTwo(1 - (low - (rest * c) / (2 - c) - high), k)
}

/** The terms begin with that of the highest power. */
function polynomial(terms: readonly number[], x: number): number {
  let sum = 0
  for (const term of terms) sum = sum * x + term
  return sum
}

function timesPowerOfTwo(x: number, k: number): number {
  let product = x
  for (let left = k; left > 0; left--) product *= 2
  for (let left = k; left < 0; left++) product /= 2
  return product
}
