import { type ReactNode } from 'react'
import { type PairAnswer } from '../../../queries/rules-answer.ts'
import styles from './rules-dialog.module.css'

/** One known pair in full: what takes, what gives back, why, and where the kernel does both. */
export function PairDetail({ pair }: { readonly pair: PairAnswer }): ReactNode {
  const { id, isOff, get, put, isSameModule, reason, source } = pair
  return (
    <section aria-label={`Known pair ${id}`} className={styles.detail}>
      <h3 className="data">
        {id}
        {isOff && ', off'}
      </h3>
      <p>{reason}</p>
      <p className="data">{source}</p>
      {isSameModule === true && <p>Both stacks name a module, and the same one.</p>}
      <Side title="A get fits by any frame of" patterns={get} />
      <Side title="↔ and a put by any frame of" patterns={put} />
    </section>
  )
}

function Side({ title, patterns }: { readonly title: string; readonly patterns: readonly string[] }): ReactNode {
  return (
    <>
      <h4>{title}</h4>
      <ul className={styles.frames} aria-label={title}>
        {patterns.map((pattern) => (
          <li key={pattern}>{pattern}</li>
        ))}
      </ul>
    </>
  )
}
