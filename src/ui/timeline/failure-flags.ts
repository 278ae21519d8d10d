import { type PageFactsAnswer } from '../../queries/page-facts.ts'
import { type ChartFlag } from '../widgets/chart-flags.tsx'

/** Failures with a time in the trace's clock, in time order: one flag each. */
export function failureFlags({ failures }: Pick<PageFactsAnswer, 'failures'>): readonly ChartFlag[] {
  return failures
    .flatMap(({ id, label, time }) => (time ? [{ id, label, ns: time.ns, text: time.text }] : []))
    .toSorted((one, other) => one.ns - other.ns)
}

/** Flags to draw: those of one moment as one, named after the selected failure when it is among them. */
export function mergedFlags(flags: readonly ChartFlag[], selected: string | undefined): readonly ChartFlag[] {
  const moments = [...new Set(flags.map(({ ns }) => ns))]
  return moments.map((moment) => {
    const group = flags.filter(({ ns }) => ns === moment)
    const named = group.find(({ id }) => id === selected) ?? group[0]
    const others = group.length - 1
    return others === 0 ? named : { ...named, label: `${named.label} and ${others} more` }
  })
}
