import { SegmentedControl } from '@mantine/core'
import { type ReactNode } from 'react'
import { useView } from '../../../state/use-view.ts'
import { GROUPINGS, groupingWords } from './grouping-words.ts'
import styles from './pinners-view.module.css'

const CHOICES = GROUPINGS.map((grouping) => ({ value: grouping, label: groupingWords(grouping).name }))

/** What the holds are grouped by. Left and right arrow choose; `b` takes the next, see `use-pinner-keys.ts`. */
export function GroupingChoice(): ReactNode {
  const [view, setView] = useView()
  const choose = (grouping: (typeof GROUPINGS)[number]) =>
    setView({ grouping, group: undefined, stack: undefined }, { replace: true })
  return (
    <span className={styles.grouping}>
      <span aria-hidden="true">group by</span>
      <SegmentedControl
        size="xs"
        name="group-by"
        aria-label="Group by (b)"
        withItemsBorders={false}
        transitionDuration={0}
        value={view.grouping}
        data={CHOICES}
        onChange={(value) => choose(GROUPINGS.find((grouping) => grouping === value) ?? 'stack')}
      />
    </span>
  )
}
