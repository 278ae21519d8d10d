import { type ReactNode } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type BlockingPageAnswer, type CulpritAnswer } from '../../../queries/wire.ts'
import { useLinkTo, useView } from '../../../state/use-view.ts'
import { holderText, kindAbout, kindWord } from '../../timeline/culprit-words.ts'
import { unitWords } from '../../timeline/hold-bar-of.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { Confidence } from '../../widgets/confidence.tsx'
import { taskText, VERDICT_WORDS } from './failure-words.ts'
import { SinceUntil } from './since-until.tsx'
import styles from './triage-view.module.css'

interface PageHoldersProps {
  readonly page: BlockingPageAnswer
  /** Its evidence is what is shown. */
  readonly isShown: boolean
}

/** One blocking page, a row a holder, likeliest first. The PFN leads to its timeline, the button shows its evidence. */
export function PageHolders({ page, isShown }: PageHoldersProps): ReactNode {
  const { culprits } = page
  const span = Math.max(1, culprits.length)
  return (
    <>
      <tr className={styles.page} aria-current={isShown || undefined}>
        <th scope="rowgroup" rowSpan={span}>
          <PageLinks page={page} isShown={isShown} />
        </th>
        <td rowSpan={span} title={page.isNamed ? 'named by the kernel' : 'found in the trace'}>
          {VERDICT_WORDS[page.verdict]}
        </td>
        {culprits.length === 0 ? (
          <td colSpan={6} className={styles.reason}>
            {page.reason === '' ? 'no holder can be named' : page.reason}
          </td>
        ) : (
          <HolderCells culprit={culprits[0]} />
        )}
      </tr>
      {culprits.slice(1).map((culprit) => (
        <tr key={culprit.rank}>
          <HolderCells culprit={culprit} />
        </tr>
      ))}
    </>
  )
}

function PageLinks({ page, isShown }: PageHoldersProps): ReactNode {
  const [view, setView] = useView()
  const linkTo = useLinkTo()
  const timeline = { view: 'pfn', pfn: page.headPfn, lifetime: undefined, from: undefined, to: undefined } as const
  return (
    <>
      <button
        type="button"
        className={styles.fold}
        aria-pressed={isShown}
        aria-label={`Evidence on ${formatPfn(page.pfn)}`}
        title="Show its evidence above"
        onClick={() => setView({ pfn: page.pfn }, { replace: true })}
      >
        <span aria-hidden="true">{isShown ? '●' : '○'}</span>
      </button>
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
    </>
  )
}

function HolderCells({ culprit }: { readonly culprit: CulpritAnswer }): ReactNode {
  return (
    <>
      <td className={styles.symbol}>{holderText(culprit) || 'no stack recorded'}</td>
      <td>{taskText(culprit) || 'not recorded'}</td>
      <td>
        <ClassDot class={culprit.class} hasLabel />
        {culprit.units !== 1 && `, ${unitWords(culprit)}`}
      </td>
      <td title={kindAbout(culprit)}>{kindWord(culprit)}</td>
      <td>
        <SinceUntil culprit={culprit} />
      </td>
      <td>
        <Confidence word={culprit.confidenceWord} value={culprit.confidence} ofSet={culprit.ofSet} />
      </td>
    </>
  )
}
