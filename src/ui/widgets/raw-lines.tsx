import { type ReactNode } from 'react'
import styles from './raw-lines.module.css'

interface RawLinesProps {
  readonly fileName: string
  /** Number of the first line, 1-based. */
  readonly firstLine: number
  readonly lines: readonly string[]
  /** Their numbers where lines between them are not there; else they follow each other. */
  readonly numbers?: readonly number[]
  /** Line numbers that are cited. */
  readonly cited: readonly number[]
  /** Why lines are missing, in words. */
  readonly problem?: string
}

/** Lines as they are in the file, with their numbers; cited ones are marked. Wide lines scroll. */
export function RawLines({ fileName, firstLine, lines, numbers, cited, problem }: RawLinesProps): ReactNode {
  const digits = String(numbers?.at(-1) ?? firstLine + lines.length).length
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
          const number = numbers?.[position] ?? firstLine + position
          const isAfterGap = position > 0 && numbers !== undefined && number > numbers[position - 1] + 1
          const isCited = cited.includes(number)
          return (
            <div key={number} className={styles.line} data-cited={isCited} data-after-gap={isAfterGap || undefined}>
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
