/** A line of a file: 1-based in the whole file. */
export interface CitedPlace {
  readonly file: number
  readonly line: number
}

/** Every place that an answer cites, wherever in it. O(answer). */
export function citedPlaces(answer: unknown, add: (place: CitedPlace) => void): void {
  if (typeof answer !== 'object' || answer === null) return
  if (isPlace(answer)) add(answer)
  for (const part of Object.values(answer)) citedPlaces(part, add)
}

function isPlace(value: object): value is CitedPlace {
  return 'file' in value && typeof value.file === 'number' && 'line' in value && typeof value.line === 'number'
}
