import { type ReactNode } from 'react'
import { useRulesLink } from '../../state/use-rules-link.ts'
import { useView } from '../../state/use-view.ts'
import screen from './screen.module.css'

/** Says that a link was made with other rules than those in force: what is classed and hidden may differ. */
export function RulesNotice(): ReactNode {
  const other = useRulesLink()
  const [, setView] = useView()
  if (other === undefined) return null
  const { asked, inForce } = other
  return (
    <output className={screen.notice}>
      <p>
        This link was made with other rules, <span className="data">{asked}</span>, than are in force here
        {inForce === '' ? ', the rules of pinscope' : `, ${inForce}`}: classes, hidden holds and ranks may differ from
        what its maker saw. Open the maker’s rule file with <em>Edit rules</em> among the pinners.
      </p>
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
