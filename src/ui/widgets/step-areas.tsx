import { type ReactNode } from 'react'
import { EXCESS_STYLE, layerStyle, type LayerStyleId } from '../theme/class-style.ts'
import { type Scale } from './chart-scale.ts'
import { areaPath, stepPath } from './step-area-path.ts'
import { type Row } from './step-rows.ts'

interface StepAreasProps {
  readonly rows: readonly Row[]
  /** What counts are made of, bottom first. */
  readonly layers: readonly LayerStyleId[]
  readonly x: Scale
  readonly y: Scale
  /** So many rows that strokes would take too long, and say nothing: the areas alone, without the line of what is expected. */
  readonly isDense?: boolean
}

/** Lets the lines over the areas and the grid under them be seen. */
const LAYER_OPACITY = 0.5

/** What the count is made of as stacked areas, over them the excess, and the line of what migration expects. */
export function StepAreas({ rows, layers, x, y, isDense = false }: StepAreasProps): ReactNode {
  const scales = { x, y }
  return (
    <g>
      {layers.map((id, at) => (
        <path
          key={id}
          d={areaPath(rows, (row) => row.bands[at], scales)}
          fill={`url(#${layerStyle(id).patternId})`}
          fillOpacity={LAYER_OPACITY}
          style={isDense ? undefined : { stroke: layerStyle(id).color, strokeWidth: 0.5 }}
        />
      ))}
      <path d={areaPath(rows, (row) => row.excess, scales)} fill={`url(#${EXCESS_STYLE.stripesId})`} />
      {!isDense && (
        <path
          d={stepPath(rows, (row) => row.expected, scales)}
          style={{ fill: 'none', stroke: 'var(--ink)', strokeWidth: 2, strokeDasharray: '1 3' }}
        />
      )}
    </g>
  )
}
