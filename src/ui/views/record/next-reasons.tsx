import { type ReactNode } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { formatPfnSpans, type PfnSpan } from '../../../base/pfn-spans.ts'
import { type Recording } from '../../../state/use-record.ts'
import { useView } from '../../../state/use-view.ts'
import styles from './record-view.module.css'

/** What the open capture lacks, and the pages that it leaves open: why this is what to record next. */
export function NextReasons({ recording: { next, problem } }: { readonly recording: Recording }): ReactNode {
  const [view, setView] = useView()
  if (problem !== undefined) return <p className={styles.line}>What this capture leaves open is not known: {problem}</p>
  if (next === undefined) return null
  const { reasons, pages, pagesLeftOff, rangeSpans } = next
  const isOwn = view.recordSpans !== undefined
  return (
    <section className={styles.next} aria-labelledby="record-next">
      <h2 id="record-next">What this capture leaves open</h2>
      <ul>
        {reasons.map(({ kind, text }) => (
          <li key={kind}>{text}</li>
        ))}
        {pages.map(({ pfn, why }) => (
          <li key={pfn}>
            <button
              type="button"
              className="link-button data"
              onClick={() => setView({ view: 'pfn', pfn, lifetime: undefined, from: undefined, to: undefined })}
            >
              {formatPfn(pfn)}
            </button>{' '}
            {why}
          </li>
        ))}
        {pagesLeftOff > 0 && <li>{pagesLeftOff} more pages: the filter has them, too</li>}
      </ul>
      <p className={styles.ways}>
        Record{' '}
        {pages.length > 0 && (
          <SpanButton
            label={pages.length === 1 ? 'only this PFN' : `only these ${pages.length} PFNs`}
            spans={pages.flatMap(spansOfPage)}
          />
        )}
        {rangeSpans.length > 0 && <SpanButton label={`the range ${formatPfnSpans(rangeSpans)}`} spans={rangeSpans} />}
        {isOwn && (
          <button
            type="button"
            className="link-button"
            onClick={() => setView({ recordSpans: undefined }, { replace: true })}
          >
            what is suggested
          </button>
        )}
      </p>
      {pages.length > 0 && (
        <p className={styles.dim}>
          The PFNs alone are enough while what holds them goes on. A workload that is started anew gets other pages:
          record the range then.
        </p>
      )}
    </section>
  )
}

function SpanButton({ label, spans }: { readonly label: string; readonly spans: readonly PfnSpan[] }): ReactNode {
  const [, setView] = useView()
  return (
    <button type="button" className="link-button" onClick={() => setView({ recordSpans: spans }, { replace: true })}>
      {label}
    </button>
  )
}

function spansOfPage({ pfn, headPfn }: { readonly pfn: number; readonly headPfn: number }): readonly PfnSpan[] {
  return [...new Set([headPfn, pfn])].map((one) => ({ startPfn: one, endPfn: one + 1 }))
}
