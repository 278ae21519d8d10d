import { type ReactNode } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type BlockingPageAnswer } from '../../../queries/wire.ts'
import { excessText, PIN_BIAS } from '../../widgets/step-point.ts'
import { VERDICT_WORDS } from './failure-words.ts'
import styles from './triage-view.module.css'

interface PageFactsLineProps {
  readonly page: BlockingPageAnswer
  /** The trace knows when the range failed: the counts are of then, and else of the trace's end. */
  readonly isTimed: boolean
}

/** `held · named by the kernel · at the failure count 3, mapcount 1`, the excess, and why nobody can be named. */
export function PageFactsLine({ page, isTimed }: PageFactsLineProps): ReactNode {
  return (
    <p className={`${styles.pageFacts} data`}>
      <span>{factsOf(page, isTimed).join(' · ')}</span>
      {page.excess !== undefined && page.excess > 0 && (
        <span className={styles.excess} title="References that migration did not expect">
          {excessText(page.excess, pinsOf(page))}
        </span>
      )}
      {page.reason !== '' && <span className={styles.reason}>{page.reason}</span>}
    </p>
  )
}

/** FOLL_PIN pins among the holders: only then does an excess of 1024 read as a pin. */
function pinsOf({ culprits }: BlockingPageAnswer): number {
  const units = culprits.reduce((sum, culprit) => sum + (culprit.class === 'gup_pin' ? culprit.units : 0), 0)
  return Math.ceil(units / PIN_BIAS)
}

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
