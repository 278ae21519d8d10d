import { type ReactNode } from 'react'
import styles from './raw-lines.module.css'

interface RawLinesProps {
  readonly fileName: string
  /** Number of the first line, 1-based. */
  readonly firstLine: number
  readonly lines: readonly string[]
  /** Line numbers that are cited. */
  readonly cited: readonly number[]
  /** Why lines are missing, in words. */
  readonly problem?: string
}

/** Lines as they are in the file, with their numbers; cited ones are marked. Wide lines scroll. */
export function RawLines({ fileName, firstLine, lines, cited, problem }: RawLinesProps): ReactNode {
  const digits = String(firstLine + lines.length).length
  return (
    <section
      className={styles.box}
      aria-label={`Lines of ${fileName}`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- wide lines are scrolled with the arrow keys
      tabIndex={0}
    >
      {problem && <p className={styles.problem}>{problem}</p>}
      <div className={styles.lines}>
        {lines.map((text, position) => {
          const number = firstLine + position
          const isCited = cited.includes(number)
          return (
            <div key={number} className={styles.line} data-cited={isCited}>
              <span className={styles.number} style={{ width: `${digits}ch` }}>
                {number}
              </span>
              <span className={styles.mark}>{isCited ? '▸' : ' '}</span>
              {isCited ? <mark className={styles.text}>{text}</mark> : <span className={styles.text}>{text}</span>}
            </div>
          )
        })}
      </div>
    </section>
  )
}
