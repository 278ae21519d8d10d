import { type ReactNode, useState } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type BlockingPageAnswer, type CulpritAnswer } from '../../../queries/wire.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useCapture } from '../../../state/use-trace.ts'
import { useLinkTo, useView } from '../../../state/use-view.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { Confidence } from '../../widgets/confidence.tsx'
import { EvidenceList } from '../../widgets/evidence-list.tsx'
import { holderText, KIND_ABOUT, KIND_WORDS, taskText, VERDICT_WORDS } from './failure-words.ts'
import styles from './ranges-view.module.css'

/** Columns of the holders' table. */
const COLUMN_COUNT = 9

interface PageHoldersProps {
  readonly page: BlockingPageAnswer
  /** The first page opens with its evidence shown. */
  readonly isFirst: boolean
}

/** One blocking page: what is known of it, then its holders, likeliest first. */
export function PageHolders({ page, isFirst }: PageHoldersProps): ReactNode {
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
          <span>{factsOf(page).join(' · ')}</span>
          {page.reason !== '' && <span className={styles.reason}>{page.reason}</span>}
        </th>
      </tr>
      {page.evidence.length > 0 && (
        <tr>
          <td colSpan={COLUMN_COUNT}>
            <EvidenceList
              label={`What tells of ${formatPfn(page.pfn)}`}
              facts={page.evidence}
              onPlace={(place) => setView({ event: formatPlace(place) })}
            />
          </td>
        </tr>
      )}
      {page.culprits.map((culprit) => (
        <CulpritRows key={culprit.rank} culprit={culprit} isOpenAtFirst={isFirst && culprit.rank === 1} />
      ))}
    </tbody>
  )
}

/** `held · named by the kernel · count 3 · mapcount 1 · excess 1`. */
function factsOf(page: BlockingPageAnswer): readonly string[] {
  return [
    VERDICT_WORDS[page.verdict],
    page.isNamed ? 'named by the kernel' : 'found in the trace',
    ...(page.headPfn === page.pfn ? [] : [`tail of ${formatPfn(page.headPfn)}`]),
    ...(page.count === undefined ? [] : [`count ${page.count}`]),
    ...(page.mapcount === undefined ? [] : [`mapcount ${page.mapcount}`]),
    ...(page.excess === undefined ? [] : [`excess ${page.excess}`]),
  ]
}

interface CulpritRowsProps {
  readonly culprit: CulpritAnswer
  readonly isOpenAtFirst: boolean
}

function CulpritRows({ culprit, isOpenAtFirst }: CulpritRowsProps): ReactNode {
  const [, setView] = useView()
  const [isOpen, setIsOpen] = useState(isOpenAtFirst)
  const holder = holderText(culprit) || 'no stack recorded'
  return (
    <>
      <tr className={styles.culprit}>
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
        </td>
        <td title={KIND_ABOUT[culprit.kind]}>{KIND_WORDS[culprit.kind]}</td>
        <SinceUntil culprit={culprit} />
        <td className={styles.number}>{culprit.units}</td>
        <td>
          <Confidence word={culprit.confidenceWord} value={culprit.confidence} anyOf={culprit.anyOf} />
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={COLUMN_COUNT}>
            <EvidenceList
              label={`Evidence for ${holder}`}
              facts={culprit.evidence}
              onPlace={(place) => setView({ event: formatPlace(place) })}
            />
          </td>
        </tr>
      )}
    </>
  )
}

function SinceUntil({ culprit }: { readonly culprit: CulpritAnswer }): ReactNode {
  const overview = useCapture()?.overview
  return (
    <>
      <td>{culprit.heldFrom?.text ?? `before ${overview?.from?.text ?? 'the trace'}`}</td>
      <td>{culprit.heldTo?.text ?? `no put until ${overview?.to?.text ?? 'the end'}`}</td>
    </>
  )
}
