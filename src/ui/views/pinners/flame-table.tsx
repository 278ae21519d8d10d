import { type ReactNode, useMemo } from 'react'
import { formatShare } from '../../../base/share.ts'
import { type FlameAnswer, type FlameFrame } from '../../../queries/flame/flame.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { type DataColumn } from '../../widgets/data-column.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { AREA_WORDS, frameClass, frameName } from './flame-words.ts'

type Area = NonNullable<ViewState['flameArea']>

interface FlameTableProps {
  readonly answer: FlameAnswer
  readonly area: Area
  readonly selectedId: string | undefined
  readonly onSelect: (index: number) => void
  readonly onFocus: (index: number) => void
}

/** The frames that are drawn, as rows: the same facts without a picture. */
export function FlameTable({ answer, area, selectedId, onSelect, onFocus }: FlameTableProps): ReactNode {
  const columns = useMemo(() => flameColumns(answer, area), [answer, area])
  return (
    <DataTable
      label="Frames of the flame graph"
      columns={columns}
      rows={answer.frames}
      offset={0}
      total={answer.frames.length}
      rowKey={idOf}
      selectedKey={selectedId}
      onSelect={(_, index) => onSelect(index)}
      onActivate={(_, index) => onFocus(index)}
    />
  )
}

function idOf({ id }: FlameFrame): string {
  return id
}

/** Columns of the frames, for the screen and for what is copied. */
export function flameColumns({ frames, total }: FlameAnswer, area: Area): readonly DataColumn<FlameFrame>[] {
  const shareOf = (value: number): string => (total === 0 ? '' : formatShare(value, total))
  return [
    {
      id: 'frame',
      header: 'frame',
      title: 'Each under the one towards the root. Enter fills the width with it.',
      text: (frame) => `${'  '.repeat(frame.depth)}${frameName(frame)}`,
    },
    {
      id: 'value',
      header: AREA_WORDS[area].name,
      title: AREA_WORDS[area].title,
      text: ({ text }) => text,
      align: 'end',
    },
    { id: 'share', header: 'of all', text: ({ value }) => shareOf(value), align: 'end' },
    {
      id: 'self',
      header: 'ends here',
      title: 'Share of all that stacks have which end in the frame',
      text: ({ self }) => shareOf(self),
      align: 'end',
    },
    { id: 'holds', header: 'holds', text: ({ holds }) => String(holds), align: 'end' },
    {
      id: 'class',
      header: 'class',
      text: frameClass,
      render: (frame) => (frame.class === 'mixed' ? frameClass(frame) : <ClassDot class={frame.class} hasLabel />),
      extraChars: 3,
    },
    {
      id: 'narrow',
      header: 'too narrow',
      title: 'Frames beyond it that are each narrower than a pixel, and not listed: focus on it to see them',
      text: ({ rest }) => (rest === undefined ? '' : String(rest.frames)),
      align: 'end',
    },
    {
      id: 'caller',
      header: 'under',
      text: ({ parent }) => (parent < 0 ? '' : frameName(frames[parent])),
    },
  ]
}
