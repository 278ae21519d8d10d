/** `1 life of pages`, `81203 lives of pages`: what is walked when references are paired. */
export function livesOfPages(count: number): string {
  return `${count} ${count === 1 ? 'life' : 'lives'} of pages`
}
