import { type ReactNode, useRef } from 'react'
import { useRulesLink } from '../../state/use-rules-link.ts'
import { useTrace } from '../../state/use-trace.ts'
import { useView } from '../../state/use-view.ts'
import screen from './screen.module.css'

/** Says that a link was made with other rules than those in force: what is classed and hidden may differ. */
export function RulesNotice({ onRuleFile }: { readonly onRuleFile: (file: File) => void }): ReactNode {
  const [, { applyRules }] = useTrace()
  const other = useRulesLink()
  const [, setView] = useView()
  const input = useRef<HTMLInputElement>(null)
  if (other === undefined) return null
  const { asked, inForce, askedOff } = other
  /** As the link says it, and nothing else: rules of one's own would make it another set. */
  const switchOff = async (ids: readonly string[]): Promise<void> => {
    const off = (areIn: boolean): readonly object[] =>
      ids.filter((id) => id.startsWith('pair-') === areIn).map((id) => ({ id, off: true }))
    const file = { schema: 'pinscope.rules/1', rules: off(false), pairs: off(true) }
    await applyRules({ how: 'instead', text: JSON.stringify(file) })
  }
  return (
    <output className={screen.notice}>
      <p>
        This link was made with other rules, <span className="data">{asked}</span>, than are in force here
        {inForce === '' ? ', the rules of pinscope' : `, ${inForce}`}: classes, hidden holds and ranks may differ from
        what its maker saw. {askedOff === undefined ? 'Open the maker’s rule file, or drop it here.' : ''}
      </p>
      {askedOff === undefined ? (
        <>
          <input
            ref={input}
            type="file"
            hidden
            aria-label="Rule file"
            accept="application/json,.json"
            onChange={({ target }) => target.files?.[0] && onRuleFile(target.files[0])}
          />
          <button type="button" className="link-button" onClick={() => input.current?.click()}>
            Open the rule file
          </button>
        </>
      ) : (
        <button type="button" className="link-button" onClick={() => void switchOff(askedOff)}>
          Switch off {askedOff.join(', ')}
        </button>
      )}
      <button
        type="button"
        className="link-button"
        onClick={() => setView({ ruleSet: inForce === '' ? undefined : inForce }, { replace: true })}
      >
        Dismiss
      </button>
    </output>
  )
}
