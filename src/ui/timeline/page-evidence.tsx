import { type ReactNode } from 'react'
import { formatPfn } from '../../base/pfn.ts'
import {
  type BlockingPageAnswer,
  type CulpritAnswer,
  type EvidenceAnswer,
  type PlaceAnswer,
} from '../../queries/wire.ts'
import { taskText } from '../events/event-columns.tsx'
import { ClassDot } from '../widgets/class-dot.tsx'
import { Confidence } from '../widgets/confidence.tsx'
import { EvidenceList } from '../widgets/evidence-list.tsx'
import { useCited } from './cited.tsx'
import { holderText, kindAbout, kindWord } from './culprit-words.ts'
import { unitWords } from './hold-bar-of.ts'
import { firstNumberOf } from './numbered-facts.ts'
import styles from './page-evidence.module.css'

interface PageEvidenceProps {
  readonly page: BlockingPageAnswer
  /** A number was pressed: what it cites is to be selected. */
  readonly onOpen: (fact: EvidenceAnswer) => void
  readonly onPlace: (place: PlaceAnswer) => void
}

/** Who is held to block the page, and the numbered facts that say so; the numbers mark the timeline above. */
export function PageEvidence({ page, onOpen, onPlace }: PageEvidenceProps): ReactNode {
  const [cited, cite] = useCited(page.pfn)
  const list = { cited, onCite: cite, onOpen, onPlace, isCompact: true }
  return (
    <section className={styles.box} aria-label={`Evidence on ${formatPfn(page.pfn)}`}>
      <h2 className={styles.heading}>
        evidence{page.culprits.length === 0 && page.reason !== '' && <span className={styles.dim}> {page.reason}</span>}
      </h2>
      {page.culprits.map((culprit, position) => (
        <div key={culprit.rank}>
          <CulpritLine culprit={culprit} />
          <EvidenceList
            label={`Evidence for ${holderText(culprit) || 'no stack recorded'}`}
            facts={culprit.evidence}
            firstNumber={firstNumberOf(page, position)}
            {...list}
          />
        </div>
      ))}
      {page.evidence.length > 0 && (
        <>
          <p className={styles.culprit}>the page itself</p>
          <EvidenceList
            label={`What tells of ${formatPfn(page.pfn)}`}
            facts={page.evidence}
            firstNumber={firstNumberOf(page, page.culprits.length)}
            {...list}
          />
        </>
      )}
    </section>
  )
}

/** `leaky_grab [leaky]  drv-9  ▲ driver / DMA, 1 reference · leak · very likely 0.95`. */
function CulpritLine({ culprit }: { readonly culprit: CulpritAnswer }): ReactNode {
  return (
    <p className={styles.culprit}>
      <b>{holderText(culprit) || 'no stack recorded'}</b>
      <span>{taskText(culprit.task) || 'task not recorded'}</span>
      <span>
        <ClassDot class={culprit.class} hasLabel />, {unitWords(culprit)}
      </span>
      <span title={kindAbout(culprit)}>{kindWord(culprit)}</span>
      <Confidence word={culprit.confidenceWord} value={culprit.confidence} ofSet={culprit.ofSet} />
    </p>
  )
}
