import { type ReactNode } from 'react'
import { formatDuration } from '../../../base/clock.ts'
import { counted } from '../../../base/counted.ts'
import { type CompareAnswer } from '../../../queries/compare/compare.ts'
import styles from './compare-view.module.css'

type Side = CompareAnswer['sides']['a']

/** What A and B are: files, kernel, span, events, what was lost. Two facing columns. */
export function CompareHead({ answer }: { readonly answer: CompareAnswer }): ReactNode {
  const { a, b } = answer.sides
  return (
    <table className={`${styles.head} data`} aria-label="What A and B are">
      <colgroup>
        <col className={styles.factName} />
        <col />
        <col />
      </colgroup>
      <thead>
        <tr>
          <td />
          <th scope="col">A</th>
          <th scope="col">B</th>
        </tr>
      </thead>
      <tbody>
        {FACTS.map(({ name, of }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{of(a)}</td>
            <td>{of(b)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">failed ranges</th>
          <td>{failedText(answer.failedRanges.a, answer.blockingPages.a)}</td>
          <td>{failedText(answer.failedRanges.b, answer.blockingPages.b)}</td>
        </tr>
      </tbody>
    </table>
  )
}

const FACTS: readonly { readonly name: string; readonly of: (side: Side) => string }[] = [
  { name: 'files', of: filesText },
  { name: 'kernel', of: ({ kernel }) => (kernel === '' ? 'no file tells' : kernel) },
  { name: 'trace', of: spanText },
  { name: 'events', of: ({ events, refEvents }) => `${events}, ${refEvents} of page_ref` },
  { name: 'traced pages', of: (side) => side.pagesText },
  { name: 'lost', of: lostText },
  { name: 'classed by', of: ({ rules }) => rules.words.replace(/^rules: /, '') },
]

function filesText({ files, mainFile }: Side): string {
  return files > 1 ? `${mainFile} and ${files - 1} more` : mainFile
}

function spanText({ from, to, spanNs, hasDurations }: Side): string {
  if (from === undefined || to === undefined) return 'no events'
  return `${formatDuration(spanNs, hasDurations ? 'seconds' : 'counts')}: ${from.text} to ${to.text}`
}

function lostText({ lost, rejected }: Side): string {
  if (lost.count === 0 && !lost.isAtLeast && rejected === 0) return 'nothing'
  const lines = rejected > 0 ? `, ${counted(rejected, 'line')} rejected` : ''
  return `${lost.isAtLeast ? 'at least ' : ''}${counted(lost.count, 'event')}${lines}`
}

function failedText(ranges: number, pages: number): string {
  return ranges === 0 ? 'none' : `${ranges}, blocked by ${counted(pages, 'page')}`
}
