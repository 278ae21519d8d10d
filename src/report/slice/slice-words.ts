import { counted } from '../../base/counted.ts'
import { type OverviewAnswer } from '../../queries/overview.ts'

/** What a reader of text must know of a slice, before anything else; no line where a whole capture is open. */
export function sliceLines(overview: OverviewAnswer): readonly string[] {
  if (overview.slice === undefined) return []
  const { told } = overview.slice
  return [
    ...sliceHead(overview),
    'Told by the sender on the whole capture:',
    ...(told.length === 0 ? ['  nothing'] : told.map((line) => `  ${line}`)),
  ]
}

/** The same without what its sender told: that it is a slice, of what, and which names in it are not the real ones. */
export function sliceHead({ slice, files }: OverviewAnswer): readonly string[] {
  if (slice === undefined) return []
  const { about, redacted, leftOut = [] } = slice
  const shown = files.flatMap(({ name, unit, excerpt }) =>
    excerpt === undefined || excerpt.shown === 0
      ? []
      : [`${excerpt.shown} of ${counted(excerpt.total, unit)} of ${name}`],
  )
  return [
    `This is a slice of a capture, of ${about.kind === 'page' ? `page ${about.pfn}` : 'one failed range'}: ${shown.join(', ')}.`,
    'What it does not have, other holders and other pages too, is not known here, not absent.',
    ...(redacted.length === 0 ? [] : [`Its sender gave other names to: ${redacted.join(', ')}.`]),
    ...(leftOut.length === 0 ? [] : [`Left out: ${leftOut.join('; ')}.`]),
  ]
}
