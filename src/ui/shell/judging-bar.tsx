import { type ReactNode } from 'react'
import { counted } from '../../base/counted.ts'
import { type Judging } from '../../state/capture-store.ts'
import { livesOfPages } from './lives-of-pages.ts'
import { WorkBar } from './work-bar.tsx'

/** Judging anew by other rules: how far it is, and a way to give it up. What is shown meanwhile is of before. */
export function JudgingBar({ judging, onStop }: { readonly judging: Judging; readonly onStop: () => void }): ReactNode {
  const { progress } = judging
  return (
    <WorkBar
      label="Judging anew"
      doneLabel="Judged anew"
      done={progress?.done}
      total={progress?.total}
      text={judgingText(judging)}
      stop="Stop"
      onStop={onStop}
    />
  )
}

/** `judging anew by other rules: 20480 of 81203 lives of pages; what is shown is by the rules of before`. */
function judgingText({ progress }: Judging): string {
  const stale = 'what is shown is by the rules of before'
  if (progress === undefined) return `judging anew by other rules; ${stale}`
  const { what, done, total } = progress
  const all = what === 'lives' ? livesOfPages(total) : counted(total, 'failed range')
  return `judging anew by other rules: ${done} of ${all}; ${stale}`
}
