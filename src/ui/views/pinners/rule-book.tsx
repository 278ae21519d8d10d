import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { type GivenRules } from '../../../state/capture-store.ts'
import { type RuleAnswer, type RulesAnswer } from '../../../queries/rules-answer.ts'
import { RuleDetail } from './rule-detail.tsx'
import { type RuleDraft, draftOf, NEW_RULE } from './rule-draft.ts'
import { RuleForm } from './rule-form.tsx'
import { RuleList } from './rule-list.tsx'
import styles from './rules-dialog.module.css'

interface RuleBookProps {
  readonly rules: RulesAnswer
  readonly apply: (given: GivenRules) => Promise<boolean>
}

/** All rules in the order of asking, beside the one that is read or written. */
export function RuleBook({ rules, apply }: RuleBookProps): ReactNode {
  const [chosenId, setChosenId] = useState(rules.rules[0].id)
  const [draft, setDraft] = useState<RuleDraft>()
  const chosen = rules.rules.find(({ id }) => id === chosenId)
  const choose = (id: string): void => {
    setChosenId(id)
    setDraft(undefined)
  }
  const finish = async (written: RuleDraft, rule: unknown): Promise<void> => {
    const file = JSON.stringify({ schema: 'pinscope.rules/1', rules: [rule] })
    if (await apply({ how: 'merge', text: file })) choose(written.id)
  }
  return (
    <div className={styles.book}>
      <div className={styles.listed}>
        <RuleList
          rules={rules}
          chosenId={draft === undefined ? chosenId : undefined}
          onChoose={choose}
          onSwitch={(id, isOff) => void apply({ how: 'switch', ids: [id], isOff })}
        />
      </div>
      <div className={styles.chosen}>
        {draft !== undefined ? (
          <RuleForm
            key={draft.key}
            draft={draft}
            rules={rules.rules}
            onDone={(written, rule) => void finish(written, rule)}
            onCancel={() => setDraft(undefined)}
          />
        ) : (
          <>
            <div className={styles.buttons}>
              <Button size="compact-sm" onClick={() => setDraft(NEW_RULE)}>
                Write a rule
              </Button>
              {chosen && <ChosenButtons rule={chosen} apply={apply} onEdit={() => setDraft(draftOf(chosen))} />}
            </div>
            {chosen && <RuleDetail rule={chosen} />}
          </>
        )}
      </div>
    </div>
  )
}

interface ChosenButtonsProps extends Pick<RuleBookProps, 'apply'> {
  readonly rule: RuleAnswer
  readonly onEdit: () => void
}

function ChosenButtons({ rule, apply, onEdit }: ChosenButtonsProps): ReactNode {
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={onEdit}>
        Edit {rule.id}
      </Button>
      {rule.origin !== 'pinscope' && (
        <Button size="compact-sm" variant="default" onClick={() => void apply({ how: 'remove', ids: [rule.id] })}>
          {rule.origin === 'added' ? `Remove ${rule.id}` : `Take back ${rule.id} of pinscope`}
        </Button>
      )}
    </>
  )
}
