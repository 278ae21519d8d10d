import { sparkText } from '../../../base/spark-text.ts'
import { type PinnerAnswer } from '../../../queries/pinners.ts'
import { type ShapeAxis } from '../../../queries/pinner-shape.ts'
import { type DataColumn } from '../../widgets/data-column.ts'
import { Later } from '../../widgets/later.tsx'
import { LogHistogram } from '../../widgets/log-histogram.tsx'
import { Sparkline } from '../../widgets/sparkline.tsx'

type Column = DataColumn<PinnerAnswer>

/** When a group took its references, and for how long it held them, as small charts; copied as signs of text. */
export function shapeColumns(axis: ShapeAxis): readonly Column[] {
  const { from, to, lost, thresholdStep } = axis
  return [
    {
      id: 'taken',
      header: 'taken over time',
      title:
        `When holds were taken, from ${from.text} to ${to.text}, each row to its own highest. Hatched: events were lost. ◂: some began ` +
        'before the trace, and are in no slice.',
      text: ({ shape }) => `${shape.beganBefore > 0 ? '◂' : ' '}${sparkText(shape.taken, lost)}`,
      render: (row) => (
        <Later>
          <Sparkline
            counts={row.shape.taken}
            lost={lost}
            hasBefore={row.shape.beganBefore > 0}
            label={takenWords(row, axis)}
          />
        </Later>
      ),
    },
    {
      id: 'durations',
      header: 'held, log scale',
      title:
        'How long holds lasted, two steps a decade from below 1 us to 100 s and more: ended ones solid, open ones hatched, ' +
        'with those that the threshold, the line, leaves out. Heights are square roots.',
      text: ({ shape }) => sparkText(doubled(shape.closed.map((count, step) => count + shape.open[step]))),
      render: (row) => (
        <Later>
          <LogHistogram
            closed={row.shape.closed}
            open={row.shape.open}
            threshold={thresholdStep}
            label={durationWords(row)}
          />
        </Later>
      ),
    },
  ]
}

/** Each count twice: a sign a step. */
function doubled(counts: readonly number[]): readonly number[] {
  return counts.flatMap((count) => [count, count])
}

function takenWords({ shape, holds }: PinnerAnswer, { from, to, lost }: ShapeAxis): string {
  const before = shape.beganBefore === 0 ? '' : `, ${shape.beganBefore} before the trace`
  const most = Math.max(0, ...shape.taken)
  const loss = lost.length === 0 ? '' : `; events were lost in ${lost.length} of them`
  return `${holds - shape.beganBefore} taken from ${from.text} to ${to.text}${before}; at most ${most} in one of ${shape.taken.length} slices${loss}`
}

const STEP_NAMES = [
  'below 1 us',
  ...['1 us', '10 us', '100 us', '1 ms', '10 ms', '100 ms', '1 s', '10 s'].flatMap((name) => [
    `from ${name}`,
    `from ${name.replace(/^(1\d*)/, (digits) => String(Number(digits) * 3.16))}`,
  ]),
  '100 s and more',
]

function durationWords({ shape }: PinnerAnswer): string {
  const parts = shape.closed.flatMap((closed, step) => {
    const open = shape.open[step]
    if (closed + open === 0) return []
    return [`${STEP_NAMES[step]}: ${closed} ended${open === 0 ? '' : `, ${open} open`}`]
  })
  return parts.length === 0 ? 'no durations' : parts.join('; ')
}
