/** `1 page`, `2 pages`: a count with its noun, which takes an s in the plural. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
