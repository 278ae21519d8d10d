import { type ReactNode, useRef, useState } from 'react'
import { assertUnreachable } from '../../../base/assert.ts'
import { type FlameAnswer } from '../../../queries/flame/flame.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView, useViewNow } from '../../../state/use-view.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { FlameGraph, type FlameCommand } from '../../widgets/flame-graph.tsx'
import { useWidth } from '../../widgets/use-width.ts'
import { FlameControls } from './flame-controls.tsx'
import { FlameCopy } from './flame-copy.tsx'
import { FlameCrumbs } from './flame-crumbs.tsx'
import { FlameInspector } from './flame-inspector.tsx'
import { flameQuestionOf, toggledName } from './flame-question.ts'
import { FlameTable } from './flame-table.tsx'
import styles from './flame-view.module.css'
import { boxesOf, frameWords } from './flame-words.ts'

interface FlameViewProps {
  /** With the threshold that is looked at. */
  readonly view: ViewState
  /** Shown in place of the graph when no stack counts. */
  readonly empty: ReactNode
}

/** The stacks of the table's rows as a flame graph. */
export function FlameView({ view, empty }: FlameViewProps): ReactNode {
  const [measure, widthPx] = useWidth()
  const box = useRef<HTMLDivElement>(null)
  const state = useQuery('flame', flameQuestionOf(view, widthPx))
  const answer = shownOf(state)
  const toSearch = (): void => box.current?.querySelector<HTMLElement>('[data-flame-find] input')?.focus()
  const selectedId = view.flameFrame ?? answer?.endOfStack
  return (
    <div ref={box} className={styles.view}>
      <FlameControls answer={answer} />
      <FlameCrumbs answer={answer} />
      {answer && (answer.frames.length > 1 || answer.crumbs.length > 0) ? (
        <Graph
          answer={answer}
          view={view}
          widthPx={widthPx}
          measure={measure}
          selectedId={selectedId}
          isLoading={state.status === 'pending'}
          onSearch={toSearch}
        />
      ) : (
        <div ref={measure} className={styles.graph}>
          {state.status === 'pending' ? 'Looking…' : state.status === 'failed' ? state.error.message : empty}
        </div>
      )}
      {selectedId !== undefined && <FlameInspector frameId={selectedId} view={view} />}
    </div>
  )
}

interface GraphProps {
  readonly answer: FlameAnswer
  readonly view: ViewState
  readonly widthPx: number
  readonly measure: (element: HTMLElement | null) => void
  readonly selectedId: string | undefined
  readonly isLoading: boolean
  readonly onSearch: () => void
}

function Graph({ answer, view, widthPx, measure, selectedId, isLoading, onSearch }: GraphProps): ReactNode {
  const [, setView] = useView()
  const viewNow = useViewNow()
  const [pointed, setPointed] = useState<number>()
  const [isTabled, setIsTabled] = useState(false)
  const area = view.flameArea ?? 'holds'
  const { frames } = answer
  const selected = frames.findIndex(({ id }) => id === selectedId)
  const told = pointed !== undefined && pointed < frames.length ? pointed : selected
  const run = (command: FlameCommand, index: number): void => {
    const frame = frames[index]
    if (frame) setView(patchOf(command, frame, view, index === 0), { replace: command !== 'focus' })
  }
  const out = (): void => {
    // From where the link is, not from what is drawn: presses may come faster than answers.
    const { flameFocus } = viewNow()
    if (flameFocus === undefined) return
    const at = answer.crumbs.findIndex(({ id }) => id === flameFocus)
    const outer = at < 0 ? answer.crumbs.at(-1) : answer.crumbs[at - 1]
    setView({ flameFocus: outer?.id, flameFrame: flameFocus })
  }
  return (
    <>
      <div className={styles.readout}>
        <output className={styles.pointed}>
          {told >= 0
            ? frameWords(answer, area, told)
            : `${frameWords(answer, area, 0)}. Arrows select a frame, Enter fills the width with it.`}
        </output>
        <FlameCopy answer={answer} view={view} />
      </div>
      <div ref={measure} className={styles.graph} aria-busy={isLoading}>
        <FlameGraph
          label="Flame graph of the holds’ stacks"
          boxes={boxesOf(answer)}
          laidOutPx={answer.widthPx}
          widthPx={widthPx}
          rows={answer.depth}
          isUpright={view.isFlameUpright === true}
          selectedId={selectedId}
          firstIndex={answer.crumbs.length === 0 ? 1 : 0}
          describe={(index) => frameWords(answer, area, index)}
          onCommand={run}
          onOut={out}
          onSearch={onSearch}
          onPoint={setPointed}
        />
      </div>
      <div className={styles.foot}>
        <span className={styles.legend}>
          {answer.classes.map((id) => (
            <ClassDot key={id} class={id} hasLabel />
          ))}
          {answer.classes.length > 1 && <span>∗ several classes</span>}
        </span>
        <span>
          {answer.frameCount} {answer.frameCount === 1 ? 'frame' : 'frames'}
          {answer.narrowCount > 0 && `, ${answer.narrowCount} under 1 px wide: focus to see them`}
        </span>
        <span>arrows, Enter focus, Backspace out, x fold, h leave out, n N found</span>
      </div>
      <details className={styles.table} open={isTabled} onToggle={(event) => setIsTabled(event.currentTarget.open)}>
        <summary>as a table</summary>
        {isTabled && (
          <div className={styles.rows}>
            <FlameTable
              answer={answer}
              area={area}
              selectedId={selectedId}
              onSelect={(index) => run('select', index)}
              onFocus={(index) => run('focus', index)}
            />
          </div>
        )}
      </details>
    </>
  )
}

/** What a command makes of the link. The frame that fills the width already cannot be filled with more. */
function patchOf(
  command: FlameCommand,
  { id, name }: FlameAnswer['frames'][number],
  view: ViewState,
  isOutermost: boolean,
): Partial<ViewState> {
  // All stacks together are no frame: nothing of the link names them.
  if (name === '') return { flameFrame: undefined, stack: undefined }
  switch (command) {
    case 'select':
      return { flameFrame: id, stack: undefined }
    case 'focus':
      return isOutermost ? { flameFrame: id } : { flameFocus: id, flameFrame: id }
    case 'collapse':
      return { flameCollapsed: toggledName(view.flameCollapsed, name), flameFrame: id }
    case 'hide':
      return { flameHidden: toggledName(view.flameHidden, name), flameFrame: undefined }
    default:
      return assertUnreachable(command)
  }
}
