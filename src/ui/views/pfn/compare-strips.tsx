import { type ReactNode } from 'react'
import { TimeAxis } from '../../widgets/step-strip.tsx'
import { ticksFor } from '../../widgets/time-ticks-fitting.ts'
import { CompareStrip, type StripShared } from './compare-strip.tsx'

/** The pages that are compared, one strip each under the selected page, and the time axis again under the last. */
export function CompareStrips(props: StripShared): ReactNode {
  const { compared, time, overview } = props
  if (compared.pfns.length === 0) return undefined
  return (
    <section aria-label="Pages compared">
      {compared.pfns.map((pfn) => (
        <CompareStrip key={pfn} pfn={pfn} {...props} />
      ))}
      <TimeAxis window={time.drawn} ticksFor={(width) => ticksFor(time.drawn, width, overview.clock)} />
    </section>
  )
}
