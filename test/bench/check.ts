/**
 * Compares what was read with what was written; throws on a difference, so that no speed of a failed reading is told. Returns
 * what was compared, in words. What is not known on either side is left out.
 */
export function check(
  about: string,
  pairs: Readonly<Record<string, readonly [read?: number, written?: number]>>,
): string {
  const told: string[] = []
  for (const [name, [read, written]] of Object.entries(pairs)) {
    if (read === undefined || written === undefined) continue
    if (read !== written) throw new Error(`${about}: ${read} ${name} read, ${written} written`)
    told.push(`${read} ${name}`)
  }
  if (told.length === 0) throw new Error(`${about}: nothing to check`)
  return told.join(', ')
}
