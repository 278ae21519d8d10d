import { type ReactNode } from 'react'
import { type RecordPlan, type RecordStep } from '../../../queries/record/record-plan.ts'
import { CommandBlock } from '../../widgets/command-block.tsx'
import styles from './record-view.module.css'

/** Every step: what it is for, what it needs in the kernel, what it costs, the filter, the commands. */
export function RecordStepList({ plan }: { readonly plan: RecordPlan }): ReactNode {
  return (
    <>
      {plan.warnings.length > 0 && (
        <ul className={styles.warnings} aria-label="Mind">
          {plan.warnings.map((warning) => (
            <li key={warning}>
              <b>Mind:</b> {warning}
            </li>
          ))}
        </ul>
      )}
      <ol className={styles.list}>
        {plan.steps.map((step, at) => (
          <Step key={step.id} step={step} number={at + 1} />
        ))}
      </ol>
    </>
  )
}

function Step({ step, number }: { readonly step: RecordStep; readonly number: number }): ReactNode {
  const { title, why, needs, cost, commands, filter, when } = step
  return (
    <li className={styles.step}>
      <h2>
        {number}. {title}
        {when === 'boot' && <span className={styles.before}> before a boot; not in the script</span>}
      </h2>
      <p>{why}</p>
      <CommandBlock label={title} text={commands.join('\n')} />
      <dl className={styles.facts}>
        {filter !== undefined && (
          <div>
            <dt>filter</dt>
            <dd className="data">{filter}</dd>
          </div>
        )}
        {needs.map(({ option, gives }) => (
          <div key={option}>
            <dt>needs</dt>
            <dd>
              <code className="data">{option}=y</code> {gives}
            </dd>
          </div>
        ))}
        <div>
          <dt>cost</dt>
          <dd>{cost}</dd>
        </div>
      </dl>
    </li>
  )
}
