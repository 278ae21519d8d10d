import { type FilterTerm } from './filter-node.ts'
import { readNumberRange } from './filter-number.ts'

/** Whether a number fits a term whose values were judged; of `!=` whether it fits them. */
export function numberMatch({
  comparison,
  values,
}: Pick<FilterTerm, 'comparison' | 'values'>): (value: number) => boolean {
  const ranges = values.flatMap(({ text }) => readNumberRange(text) ?? [])
  const [{ low }] = ranges
  switch (comparison) {
    case '>':
      return (value) => value > low
    case '>=':
      return (value) => value >= low
    case '<':
      return (value) => value < low
    case '<=':
      return (value) => value <= low
    default:
      return (value) => ranges.some((range) => value >= range.low && value <= range.high)
  }
}
