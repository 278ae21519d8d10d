import { type ReactNode, useRef } from 'react'
import { type FlameAnswer } from '../../../queries/flame/flame.ts'
import { useAskAhead } from '../../../state/use-query.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { CopyMenu } from '../../widgets/copy-menu.tsx'
import { flamePicture } from '../../widgets/flame-picture.ts'
import { flameChoiceOf } from './flame-question.ts'
import { flameColumns } from './flame-table.tsx'
import styles from './flame-view.module.css'
import { AREA_WORDS, boxesOf } from './flame-words.ts'

interface FlameCopyProps {
  readonly answer: FlameAnswer
  readonly view: ViewState
}

/** What can be copied of a flame graph: folded stacks for other tools, the frames as a table, the picture. */
export function FlameCopy({ answer, view }: FlameCopyProps): ReactNode {
  const askAhead = useAskAhead()
  const host = useRef<HTMLSpanElement>(null)
  const area = view.flameArea ?? 'holds'
  const columns = flameColumns(answer, area)
  const about = `${answer.sums.holds} holds in ${answer.sums.stacks} stacks, area by ${AREA_WORDS[area].name}`
  const folded = async (): Promise<string> => {
    const text = await askAhead('flameFolded', { ...flameChoiceOf(view), area })
    if (text === undefined) throw new Error('the stacks could not be read')
    return text
  }
  return (
    <span className={styles.copy}>
      <CopyMenu
        name="flame graph"
        table={() => ({
          title: 'Frames',
          columns: columns.map(({ header, align }) => ({ header, align })),
          rows: answer.frames.map((frame) => columns.map((column) => column.text(frame))),
          source: about,
        })}
        texts={[{ label: 'folded stacks', extension: 'folded', write: folded }]}
        chart={() =>
          host.current
            ? flamePicture(
                host.current,
                {
                  boxes: boxesOf(answer),
                  rows: answer.depth,
                  isUpright: view.isFlameUpright === true,
                  selected: -1,
                  pointed: -1,
                },
                answer.widthPx,
              )
            : undefined
        }
        description={() => about}
      />
      <span ref={host} className={styles.picture} aria-hidden="true" />
    </span>
  )
}
