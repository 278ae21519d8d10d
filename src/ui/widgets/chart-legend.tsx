import { memo, type ReactNode } from 'react'
import { type Clock } from '../../base/clock.ts'
import { CLASS_STYLES, EXCESS_STYLE, layerStyle, type LayerStyleId, LOSS_STYLE } from '../theme/class-style.ts'
import styles from './step-chart.module.css'
import { isUnjudged } from './step-overlay.tsx'
import { PIN_BIAS, type StepPoint } from './step-point.ts'
import { TIME_UNIT_WORDS } from './time-ticks.ts'

interface ChartLegendProps {
  readonly points: readonly StepPoint[]
  readonly layers: readonly LayerStyleId[]
  readonly isSplit?: boolean
  readonly losses: readonly unknown[]
  readonly hasExcess: boolean
  readonly hasFlags: boolean
  readonly unit: Clock['style']['unit']
}

/** What each mark means: only of marks that are there. */
export const ChartLegend = memo(function ChartLegend(props: ChartLegendProps): ReactNode {
  const { points, layers, losses, hasExcess, hasFlags, unit } = props
  const hasPins = points.some((point) => point.pins > 0)
  return (
    <figcaption className={styles.legend}>
      <Entry glyph="━" color="var(--ink)" text="count" />
      {layers.map((id) => (
        <LayerEntry key={id} id={id} hasPins={hasPins} />
      ))}
      {points.some((point) => point.expected !== undefined) && (
        <Entry glyph="┉" color="var(--ink)" text="expected by migration" />
      )}
      {points.some((point) => point.isExact) && <Entry glyph="●" color="var(--ink)" text="exact" />}
      {points.some((point) => !point.isExact) && <Entry glyph="○" color="var(--ink)" text="sampled" />}
      {points.some((point) => point.mapcount !== undefined) && (
        <Entry glyph="╍" color={CLASS_STYLES.mapping.color} text="mapcount" />
      )}
      {hasPins && !layers.includes('gup_pin') && (
        <Entry glyph={CLASS_STYLES.gup_pin.glyph} color={CLASS_STYLES.gup_pin.color} text={PIN_WORDS} />
      )}
      {points.some((point) => point.gapKind !== 'none') && (
        <Entry glyph="⚡" color="var(--ink)" text="contradiction: references missing between two events" />
      )}
      {losses.length > 0 && <Entry glyph={LOSS_STYLE.glyph} color={LOSS_STYLE.color} text="events lost: unknown" />}
      {hasExcess && (
        <span className={styles.entry}>
          <Swatch fill={EXCESS_STYLE.stripesId} color={EXCESS_STYLE.color} /> {EXCESS_STYLE.glyph} excess: more than
          migration expects
        </span>
      )}
      {props.isSplit !== false && points.some(isUnjudged) && (
        <span className={styles.entry}>
          <Swatch fill={LOSS_STYLE.patternId} color={LOSS_STYLE.color} /> at the foot: expected not known
        </span>
      )}
      {hasFlags && <Entry glyph="⨯" color="var(--ink)" text="failure" />}
      <span className={styles.unit}>{TIME_UNIT_WORDS[unit]}</span>
    </figcaption>
  )
})

/** A pin as the legend explains it, whether its get was traced or not. */
const PIN_WORDS = `FOLL_PIN: each pin counts ${PIN_BIAS}, drawn as one`

/** A layer by its pattern, its glyph and its name. */
function LayerEntry({ id, hasPins }: { readonly id: LayerStyleId; readonly hasPins: boolean }): ReactNode {
  const { patternId, color, glyph, label } = layerStyle(id)
  return (
    <span className={styles.entry}>
      <Swatch fill={patternId} color={color} />{' '}
      <span style={{ color: id === 'untold' ? undefined : color }}>{glyph}</span>{' '}
      {id === 'gup_pin' && hasPins ? PIN_WORDS : label}
    </span>
  )
}

function Swatch({ fill, color }: { readonly fill: string; readonly color: string }): ReactNode {
  return (
    <svg width="16" height="10" aria-hidden="true">
      <rect x="0.5" y="0.5" width="15" height="9" fill={`url(#${fill})`} style={{ stroke: color }} />
    </svg>
  )
}

function Entry({
  glyph,
  color,
  text,
}: {
  readonly glyph: string
  readonly color: string
  readonly text: string
}): ReactNode {
  return (
    <span className={styles.entry}>
      <span aria-hidden="true" style={{ color }}>
        {glyph}
      </span>{' '}
      {text}
    </span>
  )
}
