import { type ReactNode, useState } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type BlockingPageAnswer, type CulpritAnswer, type PlaceAnswer } from '../../../queries/wire.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { useCited } from '../../timeline/cited.tsx'
import { holderText, kindAbout, kindWord } from '../../timeline/culprit-words.ts'
import { unitWords } from '../../timeline/hold-bar-of.ts'
import { firstNumberOf } from '../../timeline/numbered-facts.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { Confidence } from '../../widgets/confidence.tsx'
import { EvidenceList } from '../../widgets/evidence-list.tsx'
import { SinceUntil } from './since-until.tsx'
import { taskText } from './failure-words.ts'
import styles from './triage-view.module.css'

/** Holders whose facts are shown at once; those of the others open on demand. */
const OPEN_HOLDERS = 3

/** The holders of a page, likeliest first, each with its numbered facts; then what is known of the page whoever holds it. */
export function ProofFacts({ page }: { readonly page: BlockingPageAnswer }): ReactNode {
  return (
    <>
      {page.culprits.map((culprit, position) => (
        <Holder
          key={`${page.pfn} ${culprit.rank}`}
          page={page}
          culprit={culprit}
          position={position}
          isOpenAtFirst={position < OPEN_HOLDERS}
        />
      ))}
      {page.evidence.length > 0 && (
        <>
          <p className={`${styles.holder} data`}>the page itself</p>
          <Facts
            label={`What tells of ${formatPfn(page.pfn)}`}
            page={page}
            facts={page.evidence}
            position={page.culprits.length}
          />
        </>
      )}
    </>
  )
}

interface HolderProps {
  readonly page: BlockingPageAnswer
  readonly culprit: CulpritAnswer
  readonly position: number
  readonly isOpenAtFirst: boolean
}

/** `1 leaky_grab [leaky]  drv-9  ▲ driver / DMA, 1 reference  leak  1.200000 … not put  very likely 0.95`, and its facts. */
function Holder({ page, culprit, position, isOpenAtFirst }: HolderProps): ReactNode {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst)
  const name = holderText(culprit) || 'no stack recorded'
  return (
    <>
      <p className={`${styles.holder} data`}>
        <button
          type="button"
          className={styles.fold}
          aria-expanded={isOpen}
          aria-label={`Evidence for ${culprit.rank}, ${name}`}
          onClick={() => setIsOpen(!isOpen)}
        >
          <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
        </button>
        <b>{name}</b>
        <span>{taskText(culprit) || 'task not recorded'}</span>
        <span>
          <ClassDot class={culprit.class} hasLabel />, {unitWords(culprit)}
        </span>
        <span title={kindAbout(culprit)}>{kindWord(culprit)}</span>
        <SinceUntil culprit={culprit} />
        <Confidence word={culprit.confidenceWord} value={culprit.confidence} ofSet={culprit.ofSet} />
      </p>
      {isOpen && <Facts label={`Evidence for ${name}`} page={page} facts={culprit.evidence} position={position} />}
    </>
  )
}

interface FactsProps {
  readonly label: string
  readonly page: BlockingPageAnswer
  readonly facts: CulpritAnswer['evidence']
  /** Facts of a page are counted through, and its timeline has the same numbers. */
  readonly position: number
}

function Facts({ label, page, facts, position }: FactsProps): ReactNode {
  const [view, setView] = useView()
  const [cited, cite] = useCited(page.pfn)
  const show = (place: PlaceAnswer | undefined): void => {
    if (place) setView({ event: formatPlace(place) })
  }
  return (
    <EvidenceList
      {...{ label, facts, cited }}
      firstNumber={firstNumberOf(page, position)}
      onCite={cite}
      onOpen={(fact) => show(fact.places.at(0))}
      onPlace={show}
      isCompact={!view.hasTriageLines}
    />
  )
}
