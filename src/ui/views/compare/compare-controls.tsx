import { Button, SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { counted } from '../../../base/counted.ts'
import { type CompareAnswer } from '../../../queries/compare/compare.ts'
import { COMPARE_GROUPINGS } from '../../../state/links/compare-link.ts'
import { type ComparisonActions } from '../../../state/use-comparison.ts'
import { useView } from '../../../state/use-view.ts'
import { DraftInput } from '../../widgets/draft-input.tsx'
import styles from './compare-view.module.css'
import { type OtherDialogs } from './other-files.tsx'
import { groupedBy } from './use-compare-keys.ts'

interface CompareControlsProps {
  readonly answer: CompareAnswer
  readonly actions: ComparisonActions
  readonly dialogs: OtherDialogs
}

const CHOICES = COMPARE_GROUPINGS.map((grouping) => ({ value: grouping, label: grouping }))

/** What is compared by, how many groups changed, by which rule, and what can be done with B. */
export function CompareControls({ answer, actions, dialogs }: CompareControlsProps): ReactNode {
  const [view, setView] = useView()
  const [isRuleOpen, setIsRuleOpen] = useState(false)
  return (
    <search className={styles.bar} aria-label="Comparison">
      <span className={styles.grouping}>
        <span aria-hidden="true">compare by</span>
        <SegmentedControl
          size="xs"
          name="compare-by"
          aria-label="Compare by (b)"
          withItemsBorders={false}
          transitionDuration={0}
          value={view.compareBy ?? 'holder'}
          data={CHOICES}
          onChange={(value) =>
            setView(groupedBy(COMPARE_GROUPINGS.find((grouping) => grouping === value) ?? 'holder'), { replace: true })
          }
        />
      </span>
      <DraftInput
        label="filter"
        placeholder="symbol, comm or pid"
        widthChars={20}
        value={view.filter}
        onCommit={(filter) => setView({ filter }, { replace: true })}
      />
      <output className="data">{changesText(answer)}</output>
      <span className={styles.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={isRuleOpen}
          onClick={() => setIsRuleOpen(!isRuleOpen)}
        >
          Rule
        </Button>
        <Button size="compact-sm" variant="default" title="x" onClick={actions.swap}>
          Swap A and B
        </Button>
        <Button size="compact-sm" variant="default" title="c" onClick={() => dialogs.files.current?.click()}>
          Other B
        </Button>
        <Button size="compact-sm" variant="default" title="X" onClick={actions.close}>
          Close B
        </Button>
      </span>
      {isRuleOpen && (
        <p className={styles.rule}>
          {answer.exposureText} {answer.rule}
        </p>
      )}
    </search>
  )
}

/** `19 rows: 2 new · 1 gone · 3 more · 13 same or by chance; 4 too few to tell`. */
function changesText({ changeCounts, tooFew, total }: CompareAnswer): string {
  const parts = changeCounts.filter(({ count }) => count > 0).map(({ count, word }) => `${count} ${word}`)
  const few = tooFew > 0 ? `; ${tooFew} too few to tell` : ''
  return `${counted(total, 'row')}${parts.length > 0 ? `: ${parts.join(' · ')}` : ''}${few}`
}
