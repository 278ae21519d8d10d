import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { formatPfn, formatPfnRange } from '../../base/pfn.ts'
import styles from './range-strip.module.css'
import { type StripPart, stripParts } from './strip-parts.ts'
import { useWidth } from './use-width.ts'

interface RangeStripProps {
  readonly startPfn: number
  /** Not in the range any more. */
  readonly endPfn: number
  readonly pfns: readonly number[]
  /** Blocking pages in all, when `pfns` lists only some of them. */
  readonly count?: number
  readonly selectedPfn?: number
  readonly onSelect?: (pfn: number) => void
  /** Labelled ends, in hex. */
  readonly hasEnds?: boolean
}

/** A PFN range to scale with the pages that block it; a page is never thinner than 2 px. Arrow keys go through them.
 * Nothing where the range is not known. */
export function RangeStrip(props: RangeStripProps): ReactNode {
  const { startPfn, endPfn, pfns, onSelect, hasEnds = true } = props
  const [setStrip, width] = useWidth(240)
  const parts = stripParts(startPfn, endPfn, pfns, width)
  const [active, setActive] = useState(0)
  const label = `${formatPfnRange(startPfn, endPfn)}: ${props.count ?? pfns.length} blocking pages`
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const next = Math.min(Math.max(active + step, 0), parts.length - 1)
    setActive(next)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
    event.preventDefault()
    event.stopPropagation()
  }
  if (endPfn <= startPfn) return null
  return (
    <div className={styles.box}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- moves among the buttons in it */}
      <fieldset ref={setStrip} className={styles.strip} aria-label={label} onKeyDown={onKeyDown}>
        {parts.map((part, position) =>
          onSelect ? (
            <button
              key={part.firstPfn}
              type="button"
              tabIndex={position === Math.min(active, parts.length - 1) ? 0 : -1}
              className={styles.page}
              data-selected={props.selectedPfn !== undefined && part.pfns.includes(props.selectedPfn)}
              style={{ left: part.leftPx, width: part.widthPx }}
              title={wordsOf(part)}
              aria-label={wordsOf(part)}
              onFocus={() => setActive(position)}
              onClick={() => onSelect(part.firstPfn)}
            />
          ) : (
            <span
              key={part.firstPfn}
              className={styles.page}
              style={{ left: part.leftPx, width: part.widthPx }}
              title={wordsOf(part)}
            />
          ),
        )}
      </fieldset>
      {hasEnds && (
        <div className={styles.ends}>
          <span>{formatPfn(startPfn)}</span>
          <span>{formatPfn(endPfn)}</span>
        </div>
      )}
    </div>
  )
}

function wordsOf({ pfns, firstPfn }: StripPart): string {
  const last = pfns.at(-1) ?? firstPfn
  return pfns.length === 1 ? formatPfn(firstPfn) : `${pfns.length} pages, ${formatPfn(firstPfn)} to ${formatPfn(last)}`
}
