import { type ReactNode, useState } from 'react'
import { useTrace } from '../../state/use-trace.ts'
import { useView } from '../../state/use-view.ts'
import { Dialog } from './dialog.tsx'

/** What became of a rule file that was dropped, pasted or opened. */
interface RuleFileOutcome {
  readonly title: string
  readonly text: string
}

/** Takes rule files wherever they come from: they are merged into the rules in force. */
export function useRuleFile(): {
  readonly said: RuleFileOutcome | undefined
  readonly take: (file: File) => Promise<void>
  readonly close: () => void
} {
  const [, { applyRules }] = useTrace()
  const [, setView] = useView()
  const [said, setSaid] = useState<RuleFileOutcome>()
  const take = async (file: File): Promise<void> => {
    const outcome = await applyRules({ how: 'merge', text: await file.text() })
    if (!outcome.ok) {
      const line = outcome.line === undefined ? '' : `:${outcome.line}`
      setSaid({ title: 'The rule file was not taken', text: `${file.name}${line}: ${outcome.message}` })
      return
    }
    const { link, words } = outcome.mark
    setView({ ruleSet: link === '' ? undefined : link }, { replace: true })
    setSaid({ title: 'The rule file is in force', text: `${file.name} was merged into the rules. ${words}.` })
  }
  return { said, take, close: () => setSaid(undefined) }
}

/** Says what became of a rule file. */
export function RuleFileNotice({
  said,
  onClose,
}: {
  readonly said: RuleFileOutcome | undefined
  readonly onClose: () => void
}): ReactNode {
  if (said === undefined) return null
  return (
    <Dialog onClose={onClose} title={said.title}>
      <output>{said.text}</output>
    </Dialog>
  )
}
