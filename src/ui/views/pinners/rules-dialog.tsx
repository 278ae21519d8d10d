import { Button, FileButton, Modal, Textarea } from '@mantine/core'
import { type ReactNode, useId, useRef, useState } from 'react'
import { type RulesAnswer } from '../../../queries/rules-answer.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useTrace } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { rangeOfLine } from './line-range.ts'
import styles from './rules-dialog.module.css'

interface RulesDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** The rules that references are classed by, as text: to read, change, apply, save and open. */
export function RulesDialog({ isOpen, onClose }: RulesDialogProps): ReactNode {
  const rules = shownOf(useQuery('rules', isOpen ? {} : undefined))
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Rules"
      size="min(120ch, 94vw)"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {rules === undefined ? 'Reading the rules…' : <RulesEditor key={rules.hash} rules={rules} onClose={onClose} />}
    </Modal>
  )
}

type Judgement =
  | { readonly kind: 'none' }
  | { readonly kind: 'applying' }
  | { readonly kind: 'wrong'; readonly message: string; readonly line?: number }

interface RulesEditorProps {
  readonly rules: RulesAnswer
  readonly onClose: () => void
}

function RulesEditor({ rules, onClose }: RulesEditorProps): ReactNode {
  const [trace, { applyRules }] = useTrace()
  const [, setView] = useView()
  const [text, setText] = useState(rules.text)
  const [judgement, setJudgement] = useState<Judgement>({ kind: 'none' })
  const field = useRef<HTMLTextAreaElement>(null)
  const wrongId = useId()
  const isBusy = judgement.kind === 'applying' || trace.status === 'loading'
  const apply = async (given: string) => {
    setJudgement({ kind: 'applying' })
    const outcome = await applyRules(given)
    if (outcome.ok) {
      setView({ ruleSet: outcome.hash === '' ? undefined : outcome.hash }, { replace: true })
      onClose()
      return
    }
    setJudgement({ kind: 'wrong', message: outcome.message, line: outcome.line })
    if (outcome.line !== undefined) selectLine(field.current, given, outcome.line)
  }
  return (
    <div className={styles.editor}>
      <p>
        A frame of a stack that fits a rule puts the reference into the rule’s class; the frame nearest to the
        tracepoint decides, unless its rule gives way to one further out. New rules are asked first and helpers give way
        to them, a rule with a known id takes its place, <code>&quot;off&quot;: true</code> switches one off, and rules
        that are left out stay as they are. Rules of your own are kept until this page is closed: save them to keep them
        longer.
      </p>
      <Textarea
        ref={field}
        label={rules.hash === '' ? 'Rules that come with pinscope' : `Rules of your own, ${rules.hash}`}
        classNames={{ input: styles.text }}
        spellCheck={false}
        rows={22}
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
          Apply
        </Button>
        <Button size="xs" variant="default" disabled={isBusy || rules.hash === ''} onClick={() => void apply('')}>
          Use the rules of pinscope
        </Button>
        <FileButton accept="application/json,.json" onChange={(file) => void file?.text().then(setText)}>
          {(props) => (
            <Button {...props} size="xs" variant="default">
              Open a rule file
            </Button>
          )}
        </FileButton>
        <Button size="xs" variant="default" onClick={() => save(text)}>
          Save as a file
        </Button>
        <output>{judgement.kind === 'applying' && 'Judging the capture anew…'}</output>
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

function save(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = 'pinscope-rules.json'
  link.click()
  URL.revokeObjectURL(address)
}
