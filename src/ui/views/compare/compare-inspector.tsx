import { type ReactNode } from 'react'
import { type ComparedRow } from '../../../queries/compare/compare.ts'
import { type CompareChoice, type CompareMeasure } from '../../../queries/compare/compare-question.ts'
import { type CaptureStore } from '../../../state/capture-store.ts'
import { CaptureStoreContext } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { InspectorSection } from '../../shell/inspector.tsx'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { GROUPING_WORDS, MEASURES } from './compare-columns.tsx'
import styles from './compare-view.module.css'
import { RowSide } from './row-side.tsx'

interface CompareInspectorProps {
  readonly row: ComparedRow
  readonly choice: CompareChoice
  /** A's store; this stands in B's context. */
  readonly a: CaptureStore
}

/** The selected row: every measure raw, as a rate and as a difference; then its stack and lines in each capture. */
export function CompareInspector({ row, choice, a }: CompareInspectorProps): ReactNode {
  const [, setView] = useView()
  return (
    <InspectorSection
      isFirst
      title={row.title === '' ? GROUPING_WORDS[choice.grouping].missing : row.title}
      onClose={() => setView({ comparedRow: undefined })}
    >
      <div className="inspector-body">
        <p>
          <ClassDot class={row.class} hasLabel />
        </p>
        <p>
          {row.changeWord}: {row.changeText}
          {row.tells === 'told' || row.toldText === '' || row.changeWord === row.toldText
            ? ''
            : ` (${row.toldText === 'too few' ? 'too few to tell' : row.toldText})`}
        </p>
        <table className={`${styles.measures} data`} aria-label="Measures of A and B">
          <thead>
            <tr>
              <td />
              <th scope="col">A</th>
              <th scope="col">B</th>
              <th scope="col">B − A</th>
            </tr>
          </thead>
          <tbody>
            {MEASURES.map(({ id, header }) => (
              <MeasureRow key={id} name={header} texts={row.texts[id]} />
            ))}
          </tbody>
        </table>
        <CaptureStoreContext value={a}>
          <RowSide side="A" name={row.names.a} choice={choice} />
        </CaptureStoreContext>
        <RowSide side="B" name={row.names.b} choice={choice} />
      </div>
    </InspectorSection>
  )
}

interface MeasureRowProps {
  readonly name: string
  readonly texts: ComparedRow['texts'][CompareMeasure]
}

function MeasureRow({ name, texts }: MeasureRowProps): ReactNode {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {texts.a}
        {texts.rateA !== '' && <span className={styles.rate}>{texts.rateA}</span>}
      </td>
      <td>
        {texts.b}
        {texts.rateB !== '' && <span className={styles.rate}>{texts.rateB}</span>}
      </td>
      <td>{texts.difference}</td>
    </tr>
  )
}
