import { type ReactNode } from 'react'
import { type CompareAnswer } from '../../../queries/compare/compare.ts'
import { useView } from '../../../state/use-view.ts'
import { CellLink } from '../../widgets/cell-link.tsx'
import { type DataColumn } from '../../widgets/data-column.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { placeText } from '../../widgets/place-link.tsx'
import styles from './compare-view.module.css'

type Line = CompareAnswer['failureLines'][number]
type Example = Line['exampleA']

interface CompareFailuresProps {
  readonly lines: readonly Line[]
  /** Kinds of failure that are not listed. */
  readonly left: number
}

const ROW_PX = 24
/** Room for a horizontal scrollbar. */
const SCROLLBAR_PX = 16
const MOST_ROWS = 9

/** Attempts and failed ranges, A beside B. A row leads to the first of its lines in each. */
export function CompareFailures({ lines, left }: CompareFailuresProps): ReactNode {
  const [view, setView] = useView()
  const openA = (example: Example): void => {
    if (example?.place) setView({ event: placeText(example.place) })
  }
  const openB = (example: Example): void => {
    if (example?.place) setView({ otherEvent: placeText(example.place) })
  }
  const columns: readonly DataColumn<Line>[] = [
    {
      id: 'what',
      header: 'failures',
      title: 'Attempts by their end events, then failed ranges that are alike',
      text: (line) => line.what,
    },
    { id: 'a', header: 'A', text: (line) => line.a },
    {
      id: 'difference',
      header: 'B − A',
      title: 'Of the rates: points of a hundred, or per attempt',
      text: (line) => line.difference,
      align: 'end',
    },
    { id: 'told', header: 'tells', text: (line) => line.told },
    { id: 'b', header: 'B', text: (line) => line.b },
    exampleColumn('in-a', 'first in A', (line) => line.exampleA, openA),
    exampleColumn('in-b', 'first in B', (line) => line.exampleB, openB),
  ]
  const select = (line: Line): void =>
    setView(
      { comparedFailure: line.key, ...(line.exampleA === undefined ? {} : { failure: line.exampleA.id }) },
      { replace: true },
    )
  const activate = (line: Line): void =>
    setView({
      comparedFailure: line.key,
      ...(line.exampleA?.place ? { event: placeText(line.exampleA.place) } : {}),
      ...(line.exampleB?.place ? { otherEvent: placeText(line.exampleB.place) } : {}),
    })
  return (
    <div className={styles.failures}>
      <div style={{ height: (Math.min(lines.length, MOST_ROWS) + 1) * ROW_PX + SCROLLBAR_PX }}>
        <DataTable
          label="Failures of A and B"
          columns={columns}
          rows={lines}
          offset={0}
          total={lines.length}
          rowKey={keyOf}
          selectedKey={view.comparedFailure}
          onSelect={select}
          onActivate={activate}
          empty={<p>No attempt and no failed range in either capture.</p>}
        />
      </div>
      {left > 0 && <p className={styles.dim}>{left} more kinds of failure, which differ less, are not listed.</p>}
    </div>
  )
}

function keyOf(line: Line): string {
  return line.key
}

function exampleColumn(
  id: string,
  header: string,
  of: (line: Line) => Example,
  onOpen: (example: Example) => void,
): DataColumn<Line> {
  const text = (line: Line): string => {
    const example = of(line)
    return example?.place === undefined ? (example?.time ?? '') : placeText(example.place)
  }
  return {
    id,
    header,
    text,
    render: (line, isActive) => {
      const place = of(line)?.place
      if (place === undefined) return text(line)
      const title = `Show line ${place.line} of ${place.fileName}, in ${id === 'in-a' ? 'A' : 'B'}`
      return (
        <CellLink
          text={text(line)}
          title={title}
          isTabStop={isActive}
          place={text(line)}
          isOfOther={id === 'in-b'}
          onOpen={() => onOpen(of(line))}
        />
      )
    },
  }
}
