import { type ReactNode, type RefObject } from 'react'
import { formatTime } from '../../base/clock.ts'
import { formatPfn } from '../../base/pfn.ts'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { type TimelineAnswer } from '../../queries/timeline.ts'
import { type ChartAttempt } from '../widgets/chart-attempt.ts'
import { pictureOf } from '../widgets/chart-picture.ts'
import { CopyMenu } from '../widgets/copy-menu.tsx'
import { stepCopyTable } from '../widgets/step-table-rows.ts'
import { type TimeWindow } from '../widgets/time-window.ts'
import { holdsCopyTable } from './hold-copy.ts'

interface TimelineCopyProps {
  readonly pfn: number
  readonly label: string
  /** What is drawn; nothing while it is looked for. */
  readonly drawn: TimelineAnswer | undefined
  readonly attempts: readonly ChartAttempt[]
  /** Where the facts are from: files and window. */
  readonly source: string
  readonly story: string | undefined
  readonly placeOf: (position: number) => string
  /** What holds chart, holds and attempts, which leave as one picture. */
  readonly picture: RefObject<HTMLElement | null>
}

/** The timeline of a page as a table or a picture, with its holds and attempts as they are drawn. */
export function TimelineCopy(props: TimelineCopyProps): ReactNode {
  const { pfn, label, drawn, attempts, source, story, placeOf, picture } = props
  return (
    <CopyMenu
      name={`timeline of ${formatPfn(pfn)}`}
      table={() => {
        const { points = [], layers = [] } = drawn ?? {}
        const part = drawn ? `, ${points.length} of ${drawn.eventsInWindow} events` : ''
        return stepCopyTable({ label, source: source + part }, { points, layers, attempts, placeOf })
      }}
      chart={() => (picture.current ? pictureOf(picture.current, `${label}, ${source}`) : undefined)}
      description={() => `${story ?? label} ${source}`}
    />
  )
}

interface HoldsCopyProps {
  readonly pfn: number
  readonly headPfn: number
  /** Nothing while they are looked for. */
  readonly answer: TimelineAnswer | undefined
  readonly source: string
}

/** The holds that are drawn as a table, which says when they are not all. */
export function HoldsCopy({ pfn, headPfn, answer, source }: HoldsCopyProps): ReactNode {
  const { holds: shown = [], holdCount: total = 0 } = answer ?? {}
  return (
    <CopyMenu name={`holds of ${formatPfn(pfn)}`} table={() => holdsCopyTable(headPfn, { shown, total, source })} />
  )
}

/** Where the facts of a timeline are from: the traces, and the window as their clock prints it. */
export function timelineSource({ files, clock }: OverviewAnswer, { from, to }: TimeWindow): string {
  const traces = files.flatMap(({ isTrace, name }) => (isTrace ? [name] : [])).join(', ')
  return `${traces}, ${formatTime(from, clock)} … ${formatTime(to, clock)}`
}
