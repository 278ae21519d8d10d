import { NativeSelect } from '@mantine/core'
import { type ReactNode, type Ref, useId } from 'react'
import { type TriageAnswer } from '../../../queries/triage.ts'
import { TRIAGE_GROUPINGS, TRIAGE_VERDICTS } from '../../../state/links/triage-link.ts'
import { useView } from '../../../state/use-view.ts'
import { ChoiceSelect } from '../../session/choice-select.tsx'
import { DraftInput } from '../../widgets/draft-input.tsx'
import { VERDICT_WORDS } from './failure-words.ts'
import { ThresholdInput } from './threshold-input.tsx'
import styles from './triage-list.module.css'
import { groupingPatch } from './triage-question.ts'

interface TriageControlsProps {
  readonly answer: TriageAnswer
  readonly ref: Ref<HTMLElement>
}

/** What the failed ranges are grouped by, and which of them are listed. */
export function TriageControls({ answer, ref }: TriageControlsProps): ReactNode {
  const [view, setView] = useView()
  const id = useId()
  const { failures, listed, verdicts } = answer
  return (
    <header className={styles.bar} ref={ref}>
      <h2 id="failed-ranges">Failed ranges {failures}</h2>
      {listed < failures && <output className={styles.count}>{listed} listed</output>}
      {failures > 1 && (
        <>
          <DraftInput
            label="filter"
            placeholder="holder, task, pfn, range"
            widthChars={24}
            value={view.triageFilter ?? ''}
            onCommit={(text) => setView({ triageFilter: text === '' ? undefined : text }, { replace: true })}
          />
          <span className={styles.choice}>
            <label htmlFor={`${id}-grouping`}>group by</label>
            <NativeSelect
              id={`${id}-grouping`}
              size="xs"
              title="Group by (b)"
              value={view.triageGrouping ?? 'culprit'}
              data={[...TRIAGE_GROUPINGS]}
              onChange={({ currentTarget: { value } }) => {
                const grouping = TRIAGE_GROUPINGS.find((one) => one === value)
                if (grouping !== undefined) setView(groupingPatch(grouping), { replace: true })
              }}
            />
          </span>
          <span className={styles.choice}>
            <label htmlFor={`${id}-verdict`}>found verdict</label>
            <NativeSelect
              id={`${id}-verdict`}
              size="xs"
              title="What was found of what blocked: not what people said of it (v)"
              value={view.triageVerdict ?? ''}
              data={[
                { value: '', label: `any (${failures})` },
                ...TRIAGE_VERDICTS.map((verdict) => ({
                  value: verdict,
                  label: `${VERDICT_WORDS[verdict]} (${verdicts[verdict]})`,
                })),
              ]}
              onChange={({ currentTarget: { value } }) =>
                setView({ triageVerdict: TRIAGE_VERDICTS.find((one) => one === value) }, { replace: true })
              }
            />
          </span>
          <ChoiceSelect />
        </>
      )}
      <ThresholdInput />
    </header>
  )
}
