/** The middle value; of an even number the upper of the two. Throws for none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('no runs')
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

/** The value that a share of all do not pass. Throws for none. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('no values')
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}
