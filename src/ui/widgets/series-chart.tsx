import { type ReactNode, type Ref } from 'react'
import { CartesianGrid, Line, LineChart, XAxis, YAxis } from 'recharts'
import styles from './series-chart.module.css'
import { countTicks } from './time-ticks.ts'
import { useLentName } from './use-lent-name.ts'

/** One line of a `SeriesChart`. */
export interface Series {
  readonly id: string
  readonly label: string
  /** One value a moment, in the order of the moments. */
  readonly values: readonly number[]
}

interface SeriesChartProps {
  /** Names the chart for those who do not see it. */
  readonly label: string
  readonly width: number
  readonly height: number
  /** Where each moment stands, ascending, and what it is called; `short` is used where the labels have no room. */
  readonly moments: readonly { readonly at: number; readonly label: string; readonly short: string }[]
  /** At most `SERIES_GLYPHS.length`. */
  readonly series: readonly Series[]
  /** What values count: `pages`. */
  readonly unit: string
  /** Stands out from the others. */
  readonly selectedId?: string
  readonly onSelect?: (id: string) => void
  readonly box?: Ref<HTMLDivElement>
}

/** A line each: told apart by glyph and dashes, as colours are the reference classes' own. */
export const SERIES_GLYPHS: readonly string[] = ['●', '■', '▲', '◆', '○', '□', '△', '◇']
const DASHES: readonly string[] = ['', '8 3', '2 3', '8 3 2 3', '12 4', '4 4', '1 3', '10 3 2 3 2 3']
const MARGIN = { top: 8, right: 24, bottom: 4, left: 8 }
const TICK = { fontFamily: 'var(--font-data)', fontSize: 12, fill: 'var(--ink-dim)' }
const AXIS_PX = 24
const HALF_LETTER_PX = 3.7

/** A few values over a few moments as lines: points are marked, nothing lies between them, and zero is always in sight. */
export function SeriesChart(props: SeriesChartProps): ReactNode {
  const { label, width, height, moments, series, unit, selectedId, onSelect, box } = props
  const name = useLentName()
  const data = moments.map(({ at }, moment) => ({
    at,
    ...Object.fromEntries(series.map(({ values }, line) => [`s${line}`, values[moment]] as const)),
  }))
  const isTight = closestPx(moments, width) < HALF_LETTER_PX * 2 * longestOf(moments)
  const labels = new Map(moments.map(({ at, label: whole, short }) => [at, isTight ? short : whole] as const))
  // Half of the longest label stands beyond the outermost points.
  const endPx = isTight ? 24 : Math.max(24, longestOf(moments) * HALF_LETTER_PX)
  const most = Math.max(1, ...series.flatMap(({ values }) => values))
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.legend}>
        <span className={styles.unit}>{unit}</span>
        {series.map((line, at) => (
          <button
            key={line.id}
            type="button"
            className={styles.entry}
            aria-pressed={line.id === selectedId}
            onClick={() => onSelect?.(line.id)}
          >
            <svg width="28" height="10" aria-hidden="true">
              <line x1="0" x2="28" y1="5" y2="5" stroke="var(--ink)" strokeWidth="1.5" strokeDasharray={DASHES[at]} />
            </svg>{' '}
            <span aria-hidden="true">{SERIES_GLYPHS[at]}</span> {line.label}
          </button>
        ))}
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a picture that is drawn here */}
      <div ref={box} role="img" aria-label={label}>
        {name !== undefined && (
          <LineChart width={width} height={height} data={data} margin={MARGIN} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--line-color)" />
            <XAxis
              type="number"
              dataKey="at"
              domain={['dataMin', 'dataMax']}
              ticks={moments.map(({ at }) => at)}
              tickFormatter={(at: number) => labels.get(at) ?? ''}
              tick={TICK}
              interval={isTight ? 0 : 'preserveStartEnd'}
              height={AXIS_PX}
              padding={{ left: endPx, right: endPx }}
              stroke="var(--line-strong)"
            />
            <YAxis
              type="number"
              domain={[0, most]}
              ticks={[...countTicks(0, most, 5)]}
              tick={TICK}
              width={Math.max(40, String(most).length * 8 + 16)}
              stroke="var(--line-strong)"
            />
            {series.map((line, at) => (
              <Line
                key={line.id}
                id={`${name}-${at}`}
                type="linear"
                dataKey={`s${at}`}
                stroke="var(--ink)"
                strokeOpacity={selectedId === undefined || selectedId === line.id ? 1 : 0.45}
                strokeWidth={selectedId === line.id ? 3 : 1.5}
                strokeDasharray={DASHES[at]}
                isAnimationActive={false}
                dot={<GlyphDot glyph={SERIES_GLYPHS[at]} />}
                activeDot={false}
              />
            ))}
          </LineChart>
        )}
      </div>
    </figure>
  )
}

type Moments = SeriesChartProps['moments']

function longestOf(moments: Moments): number {
  return moments.reduce((longest, { label }) => Math.max(longest, label.length), 0)
}

/** Px between the two moments that stand closest, about. */
function closestPx(moments: Moments, width: number): number {
  const span = (moments.at(-1)?.at ?? 0) - (moments.at(0)?.at ?? 0)
  const gaps = moments.slice(1).map(({ at }, before) => at - moments[before].at)
  return gaps.length === 0 || span === 0 ? width : (Math.min(...gaps) / span) * width
}

/** A point of a line as its glyph. recharts gives the place. */
function GlyphDot({
  glyph,
  cx,
  cy,
}: {
  readonly glyph: string
  readonly cx?: number
  readonly cy?: number
}): ReactNode {
  return (
    <text x={cx} y={cy} dy="0.35em" textAnchor="middle" fontSize={11} className={styles.point}>
      {glyph}
    </text>
  )
}
