import { Modal, SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { type RulesAnswer, type RulesMark } from '../../../queries/rules-answer.ts'
import { type GivenRules } from '../../../state/capture-store.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useJudging, useTrace } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { JudgingBar } from '../../shell/judging-bar.tsx'
import { PairBook } from './pair-book.tsx'
import { choiceOf } from './pinners-question.ts'
import { RuleBook } from './rule-book.tsx'
import { RulesHelp } from './rules-help.tsx'
import { RulesShare } from './rules-share.tsx'
import { RulesText } from './rules-text.tsx'
import styles from './rules-dialog.module.css'

interface RulesDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** The rules that references are classed by, and the known pairs: what each decides here; to switch, write, place, share and open. */
export function RulesDialog({ isOpen, onClose }: RulesDialogProps): ReactNode {
  const [view] = useView()
  const rules = shownOf(useQuery('rules', isOpen ? { choice: choiceOf(view) } : undefined))
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Rules"
      size="min(1280px, 96vw)"
      yOffset="4vh"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {rules === undefined ? 'Reading the rules…' : <RulesDesk rules={rules} />}
    </Modal>
  )
}

const WAYS = [
  { value: 'list', label: 'list' },
  { value: 'pairs', label: 'known pairs' },
  { value: 'text', label: 'text' },
]

function RulesDesk({ rules }: { readonly rules: RulesAnswer }): ReactNode {
  const [, { applyRules, stopJudging }] = useTrace()
  const [, setView] = useView()
  const judging = useJudging()
  const [way, setWay] = useState('list')
  const [said, setSaid] = useState('')
  const applied = (mark: RulesMark): void => {
    setView({ ruleSet: mark.link === '' ? undefined : mark.link }, { replace: true })
    setSaid('')
  }
  const apply = async (given: GivenRules, name = ''): Promise<boolean> => {
    const outcome = await applyRules(given)
    if (outcome.ok) {
      applied(outcome.mark)
      if (name !== '') setSaid(`${name} is merged into the rules.`)
      return true
    }
    const line = outcome.line === undefined ? '' : `${outcome.line}: `
    setSaid(`${name === '' ? '' : `${name}:`}${line}${outcome.message}`)
    return false
  }
  return (
    <div className={styles.desk}>
      <div className={styles.head}>
        <p className="data">
          {rules.words}
          {rules.hash !== '' && `, ${rules.hash}`}
        </p>
        <SegmentedControl
          size="xs"
          name="rules-as"
          data={WAYS}
          value={way}
          onChange={setWay}
          aria-label="Show the rules as"
        />
        <RulesShare rules={rules} apply={apply} />
      </div>
      <RulesHelp />
      {judging && <JudgingBar judging={judging} onStop={stopJudging} />}
      {said !== '' && (
        <p role="alert" className={styles.wrong}>
          {said}
        </p>
      )}
      {way === 'list' && <RuleBook rules={rules} apply={apply} />}
      {way === 'pairs' && <PairBook pairs={rules.pairs} apply={apply} />}
      {way === 'text' && <RulesText key={rules.hash} rules={rules} onApplied={applied} />}
    </div>
  )
}
