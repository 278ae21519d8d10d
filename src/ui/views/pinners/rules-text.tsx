import { Button, Textarea } from '@mantine/core'
import { type ReactNode, useId, useRef, useState } from 'react'
import { type RulesAnswer, type RulesMark } from '../../../queries/rules-answer.ts'
import { useTrace } from '../../../state/use-trace.ts'
import { rangeOfLine } from './line-range.ts'
import styles from './rules-dialog.module.css'

type Judgement =
  | { readonly kind: 'none' }
  | { readonly kind: 'applying' }
  | { readonly kind: 'wrong'; readonly message: string; readonly line?: number }

interface RulesTextProps {
  readonly rules: RulesAnswer
  readonly onApplied: (mark: RulesMark) => void
}

/** All rules as the text of a rule file: to read, change and apply as a whole. */
export function RulesText({ rules, onApplied }: RulesTextProps): ReactNode {
  const [trace, { applyRules }] = useTrace()
  const [text, setText] = useState(rules.text)
  const [judgement, setJudgement] = useState<Judgement>({ kind: 'none' })
  const field = useRef<HTMLTextAreaElement>(null)
  const wrongId = useId()
  const isBusy = judgement.kind === 'applying' || trace.status === 'loading'
  const apply = async (given: string) => {
    setJudgement({ kind: 'applying' })
    const outcome = await applyRules({ how: 'instead', text: given })
    if (outcome.ok) {
      setJudgement({ kind: 'none' })
      onApplied(outcome.mark)
      return
    }
    setJudgement({ kind: 'wrong', message: outcome.message, line: outcome.line })
    if (outcome.line !== undefined) selectLine(field.current, given, outcome.line)
  }
  return (
    <div className={styles.editor}>
      <Textarea
        ref={field}
        label="All rules as a rule file"
        classNames={{ input: styles.text }}
        spellCheck={false}
        rows={18}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        aria-describedby={judgement.kind === 'wrong' ? wrongId : undefined}
      />
      {judgement.kind === 'wrong' && (
        <p id={wrongId} role="alert" className={styles.wrong}>
          {wrongText(judgement)}
        </p>
      )}
      <div className={styles.buttons}>
        <Button size="xs" loading={judgement.kind === 'applying'} disabled={isBusy} onClick={() => void apply(text)}>
          Apply the text
        </Button>
        <Button size="xs" variant="default" disabled={isBusy || rules.hash === ''} onClick={() => void apply('')}>
          Use the rules of pinscope
        </Button>
      </div>
    </div>
  )
}

function wrongText({ message, line }: Extract<Judgement, { kind: 'wrong' }>): string {
  return line === undefined ? message : `line ${line}: ${message}`
}

/** Shows a line by selecting it: browsers scroll a text field to what is selected when it gets the focus. */
function selectLine(field: HTMLTextAreaElement | null, text: string, line: number): void {
  if (field === null) return
  const { start, end } = rangeOfLine(text, line)
  field.setSelectionRange(start, start)
  field.blur()
  field.focus()
  field.setSelectionRange(start, end)
}
