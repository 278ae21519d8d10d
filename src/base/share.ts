/** `97.1 %`: a part of a whole, cut and not rounded, so that only all of it is 100 %. `whole` must be above 0. */
export function formatShare(part: number, whole: number): string {
  return `${(Math.floor((1000 * part) / whole) / 10).toFixed(1)} %`
}
