import { type ReactNode } from 'react'
import { formatPfnRange } from '../../../base/pfn.ts'
import { type PfnSpan } from '../../../base/pfn-spans.ts'
import { type OutlinedSpan } from '../../widgets/pfn-map-paint.ts'
import { pagesBefore, pfnAtPage } from './strip-scale.ts'
import styles from './map-strip.module.css'

interface MapStripProps {
  /** Where memory is, ascending. */
  readonly spans: readonly PfnSpan[]
  /** What the map shows. */
  readonly shown: PfnSpan
  readonly outlines: readonly OutlinedSpan[]
  /** Space to the left, as wide as the map's row labels, px. */
  readonly gutter: number
  /** To bring a page into sight. */
  readonly onGoTo: (pfn: number) => void
}

/** Marks drawn at most: more than px. */
const MOST_MARKS = 500

/** All of memory in one line, holes left out: what the map shows of it, and where ranges failed. */
export function MapStrip({ spans, shown, outlines, gutter, onGoTo }: MapStripProps): ReactNode {
  const total = pagesBefore(spans, Number.POSITIVE_INFINITY)
  const share = (pfn: number): number => (100 * pagesBefore(spans, pfn)) / Math.max(1, total)
  const place = ({ startPfn, endPfn }: PfnSpan) => ({
    insetInlineStart: `${share(startPfn)}%`,
    width: `max(3px, ${share(endPfn) - share(startPfn)}%)`,
  })
  const part = share(shown.endPfn) - share(shown.startPfn)
  const words = `In sight: ${formatPfnRange(shown.startPfn, shown.endPfn)}, ${part.toFixed(1)} % of the memory that files know of`
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- the map's own keys move the window
    <div
      className={styles.strip}
      style={{ marginInlineStart: gutter }}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it is drawn with boxes, there is no file
      role="img"
      aria-label={words}
      title={`${words}. A click brings a place into sight.`}
      onClick={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect()
        onGoTo(pfnAtPage(spans, Math.floor(((event.clientX - left) / Math.max(1, width)) * total)))
      }}
    >
      {outlines
        .filter(({ kind }) => kind === 'failed')
        .slice(0, MOST_MARKS)
        .map((outline) => (
          <span key={outline.label} className={styles.failed} style={place(outline)} />
        ))}
      <span className={styles.shown} style={place(shown)} />
    </div>
  )
}
