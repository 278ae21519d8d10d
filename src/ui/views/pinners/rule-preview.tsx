import { type ReactNode } from 'react'
import { counted } from '../../../base/counted.ts'
import { type RulePreviewAnswer } from '../../../queries/rule-preview.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import styles from './rules-dialog.module.css'

/** What the rule would do in this capture, stack by stack, before it is applied. */
export function RulePreview({ preview }: { readonly preview: RulePreviewAnswer | undefined }): ReactNode {
  if (preview?.isRight !== true) return <p className={styles.origin}>What it would match is shown here as you write.</p>
  const { fits, decides, hides, reveals, stacks } = preview
  return (
    <section aria-label="Preview" className={styles.preview}>
      <output>
        fits {counted(fits.stacks, 'stack')}, {counted(fits.events, 'event')}; decides{' '}
        {counted(decides.stacks, 'stack')}, {counted(decides.events, 'event')}, {counted(decides.holds, 'hold')}; hides{' '}
        {hides} more, lists {reveals} more
      </output>
      {stacks.length > 0 && (
        <table className={styles.rules}>
          <thead>
            <tr>
              <th scope="col">frame</th>
              <th scope="col">holder</th>
              <th scope="col">events</th>
              <th scope="col">rule now → then</th>
            </tr>
          </thead>
          <tbody>
            {stacks.map((stack) => (
              <tr key={`${stack.hash}:${stack.ruleThen}`}>
                <td>{stack.frame}</td>
                <td>{stack.holder}</td>
                <td className={styles.count}>{stack.events}</td>
                <td>
                  <ClassDot class={stack.class} /> {ruleWords(stack.rule)} → <ClassDot class={stack.classThen} />{' '}
                  {ruleWords(stack.ruleThen)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function ruleWords(id: string): string {
  return id === '' ? 'no rule' : id
}
