import { type ReactNode, useState } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type BlockingPageAnswer, type CulpritAnswer } from '../../../queries/wire.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useCapture } from '../../../state/use-trace.ts'
import { useLinkTo, useView } from '../../../state/use-view.ts'
import { useCited } from '../../timeline/cited.tsx'
import { holderText, kindAbout, kindWord } from '../../timeline/culprit-words.ts'
import { unitWords } from '../../timeline/hold-bar-of.ts'
import { firstNumberOf } from '../../timeline/numbered-facts.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { Confidence } from '../../widgets/confidence.tsx'
import { EvidenceList } from '../../widgets/evidence-list.tsx'
import { excessText, PIN_BIAS } from '../../widgets/step-point.ts'
import { taskText, VERDICT_WORDS } from './failure-words.ts'
import styles from './triage-view.module.css'

/** Columns of the holders' table. */
const COLUMN_COUNT = 8

interface PageHoldersProps {
  readonly page: BlockingPageAnswer
  /** The first page opens with its evidence shown. */
  readonly isFirst: boolean
  /** The trace knows when the range failed: the counts are of then, and else of the trace's end. */
  readonly isTimed: boolean
}

/** One blocking page: what is known of it, then its holders, likeliest first. */
export function PageHolders({ page, isFirst, isTimed }: PageHoldersProps): ReactNode {
  const [view, setView] = useView()
  const linkTo = useLinkTo()
  const timeline = { view: 'pfn', pfn: page.headPfn, lifetime: undefined, from: undefined, to: undefined } as const
  return (
    <tbody>
      <tr className={styles.page}>
        <th scope="rowgroup" colSpan={COLUMN_COUNT}>
          <a
            href={linkTo({ ...view, ...timeline })}
            title="Timeline of this page"
            onClick={(event) => {
              event.preventDefault()
              setView(timeline)
            }}
          >
            {formatPfn(page.pfn)}
          </a>
          <span>{factsOf(page, isTimed).join(' · ')}</span>
          {page.excess !== undefined && page.excess > 0 && (
            <span className={styles.excess} title="References that migration did not expect">
              {excessText(page.excess, pinsOf(page))}
            </span>
          )}
          {page.reason !== '' && <span className={styles.reason}>{page.reason}</span>}
        </th>
      </tr>
      {page.culprits.map((culprit, position) => (
        <CulpritRows
          key={culprit.rank}
          culprit={culprit}
          firstNumber={firstNumberOf(page, position)}
          pagePfn={page.pfn}
          isOpenAtFirst={isFirst && culprit.rank === 1}
        />
      ))}
      {page.evidence.length > 0 && <PageFacts page={page} isOpenAtFirst={isFirst || page.culprits.length === 0} />}
    </tbody>
  )
}

/** FOLL_PIN pins among the holders: only then does an excess of 1024 read as a pin. */
function pinsOf({ culprits }: BlockingPageAnswer): number {
  const units = culprits.reduce((sum, culprit) => sum + (culprit.class === 'gup_pin' ? culprit.units : 0), 0)
  return Math.ceil(units / PIN_BIAS)
}

/** `held · named by the kernel · at the failure count 3, mapcount 1`. */
function factsOf(page: BlockingPageAnswer, isTimed: boolean): readonly string[] {
  const counts = [
    ...(page.count === undefined ? [] : [`count ${page.count}`]),
    ...(page.mapcount === undefined ? [] : [`mapcount ${page.mapcount}`]),
  ]
  return [
    VERDICT_WORDS[page.verdict],
    page.isNamed ? 'named by the kernel' : 'found in the trace',
    ...(page.headPfn === page.pfn ? [] : [`tail of ${formatPfn(page.headPfn)}`]),
    ...(counts.length === 0 ? [] : [`${isTimed ? 'at the failure ' : ''}${counts.join(', ')}`]),
    ...(page.excess === 0 ? ['excess 0'] : []),
  ]
}

interface PageFactsProps {
  readonly page: BlockingPageAnswer
  readonly isOpenAtFirst: boolean
}

/** What is known of the page whoever holds it. */
function PageFacts({ page, isOpenAtFirst }: PageFactsProps): ReactNode {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst)
  return (
    <>
      <tr>
        <td colSpan={COLUMN_COUNT}>
          <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> the page itself
          </button>
        </td>
      </tr>
      {isOpen && (
        <EvidenceRow
          label={`What tells of ${formatPfn(page.pfn)}`}
          facts={page.evidence}
          firstNumber={firstNumberOf(page, page.culprits.length)}
          pagePfn={page.pfn}
        />
      )}
    </>
  )
}

interface CulpritRowsProps {
  readonly culprit: CulpritAnswer
  readonly firstNumber: number
  readonly pagePfn: number
  readonly isOpenAtFirst: boolean
}

function CulpritRows({ culprit, firstNumber, pagePfn, isOpenAtFirst }: CulpritRowsProps): ReactNode {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst)
  const holder = holderText(culprit) || 'no stack recorded'
  return (
    <>
      <tr>
        <td>
          <button
            type="button"
            className={styles.fold}
            aria-expanded={isOpen}
            aria-label={`Evidence for ${culprit.rank}, ${holder}`}
            onClick={() => setIsOpen(!isOpen)}
          >
            <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {culprit.rank}
          </button>
        </td>
        <td className={styles.symbol}>{holder}</td>
        <td>{taskText(culprit) || 'not recorded'}</td>
        <td>
          <ClassDot class={culprit.class} hasLabel />
          {culprit.units !== 1 && `, ${unitWords(culprit)}`}
        </td>
        <td title={kindAbout(culprit)}>{kindWord(culprit)}</td>
        <SinceUntil culprit={culprit} />
        <td>
          <Confidence word={culprit.confidenceWord} value={culprit.confidence} ofSet={culprit.ofSet} />
        </td>
      </tr>
      {isOpen && (
        <EvidenceRow label={`Evidence for ${holder}`} facts={culprit.evidence} {...{ firstNumber, pagePfn }} />
      )}
    </>
  )
}

interface EvidenceRowProps {
  readonly label: string
  readonly facts: CulpritAnswer['evidence']
  /** Facts of a page are counted through, and its timeline has the same numbers. */
  readonly firstNumber: number
  readonly pagePfn: number
}

/** Facts across all columns, as wide as what is in sight: raw lines wrap there and not where the table ends. */
function EvidenceRow({ label, facts, firstNumber, pagePfn }: EvidenceRowProps): ReactNode {
  const [, setView] = useView()
  const [cited, cite] = useCited(pagePfn)
  const show = (place: CulpritAnswer['evidence'][number]['places'][number] | undefined): void => {
    if (place) setView({ event: formatPlace(place) })
  }
  return (
    <tr>
      <td colSpan={COLUMN_COUNT} className={styles.facts}>
        <div className={styles.evidence}>
          <EvidenceList
            {...{ label, facts, firstNumber, cited }}
            onCite={cite}
            onOpen={(fact) => show(fact.places.at(0))}
            onPlace={show}
          />
        </div>
      </td>
    </tr>
  )
}

function SinceUntil({ culprit }: { readonly culprit: CulpritAnswer }): ReactNode {
  const overview = useCapture()?.overview
  if (culprit.heldText !== undefined) return <td colSpan={2}>{culprit.heldText}</td>
  return (
    <>
      {culprit.heldFrom ? (
        <td>{culprit.heldFrom.text}</td>
      ) : (
        <td title="Its get lies before the trace, was lost, or cannot be told from others: see the evidence">
          not known
        </td>
      )}
      {culprit.heldTo ? (
        <td>{culprit.heldTo.text}</td>
      ) : (
        <td title={`No put before the trace ends at ${overview?.to?.text ?? 'its last line'}`}>not put</td>
      )}
    </>
  )
}
