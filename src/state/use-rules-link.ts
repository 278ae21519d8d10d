import { useEffect } from 'react'
import { useCapture } from './use-trace.ts'
import { useView } from './use-view.ts'

/**
 * Rules that the link was made with, and those in force, where they differ: as links say them, empty for the rules that
 * come with pinscope. `undefined` when they agree, or when nothing is loaded.
 */
export interface OtherRules {
  readonly asked: string
  /** Rules of pinscope that the link's maker had switched off, when nothing else differed: no file is needed then. */
  readonly askedOff?: readonly string[]
  readonly inForce: string
}

/** What a link's rules are to those in force. A link that does not say is told of rules that a person gave. */
export function compareRules(asked: string | undefined, inForce: string): 'same' | 'write' | 'other' {
  if (asked === undefined) return inForce === '' ? 'same' : 'write'
  return asked === inForce ? 'same' : 'other'
}

/** Keeps the link and the rules together: what is found under rules of one's own must not be taken for pinscope's. */
export function useRulesLink(): OtherRules | undefined {
  const capture = useCapture()
  const [{ ruleSet }, setView] = useView()
  const inForce = capture?.rules?.link ?? ''
  const relation = capture === undefined ? 'same' : compareRules(ruleSet, inForce)
  useEffect(() => {
    if (relation === 'write') setView({ ruleSet: inForce }, { replace: true })
  }, [relation, inForce, setView])
  if (relation !== 'other') return undefined
  const asked = ruleSet ?? ''
  return { asked, inForce, ...(asked.startsWith('off:') ? { askedOff: asked.slice('off:'.length).split(',') } : {}) }
}
