import { type ReactNode } from 'react'
import { type Clock } from '../../base/clock.ts'
import { CLASS_STYLES, EXCESS_STYLE, LOSS_STYLE } from '../theme/class-style.ts'
import styles from './step-chart.module.css'
import { PIN_BIAS, type StepPoint } from './step-point.ts'

interface ChartLegendProps {
  readonly points: readonly StepPoint[]
  readonly losses: readonly unknown[]
  readonly hasExcess: boolean
  readonly hasFlags: boolean
  readonly unit: Clock['style']['unit']
}

const UNIT_WORDS: Readonly<Record<Clock['style']['unit'], string>> = {
  seconds: 'time in s, as in the file',
  microseconds: 'time in us, as in the file',
  counts: 'counts of the trace clock, as in the file',
}

/** What each mark means: only of marks that are there. */
export function ChartLegend({ points, losses, hasExcess, hasFlags, unit }: ChartLegendProps): ReactNode {
  const hasPins = points.some((point) => point.pins > 0)
  return (
    <figcaption className={styles.legend}>
      <Entry glyph="━" color="var(--ink)" text={hasPins ? 'count without pins' : 'count'} />
      {points.some((point) => point.isExact) && <Entry glyph="●" color="var(--ink)" text="exact" />}
      {points.some((point) => !point.isExact) && <Entry glyph="○" color="var(--ink)" text="sampled" />}
      {points.some((point) => point.mapcount !== undefined) && (
        <Entry glyph="╍" color={CLASS_STYLES.mapping.color} text="mapcount" />
      )}
      {hasPins && (
        <Entry
          glyph={CLASS_STYLES.gup_pin.glyph}
          color={CLASS_STYLES.gup_pin.color}
          text={`FOLL_PIN: each pin counts ${PIN_BIAS}, drawn as one`}
        />
      )}
      {points.some((point) => point.gapKind !== 'none') && (
        <Entry glyph="⚡" color="var(--ink)" text="contradiction: references missing between two events" />
      )}
      {losses.length > 0 && <Entry glyph={LOSS_STYLE.glyph} color={LOSS_STYLE.color} text="events lost: unknown" />}
      {hasExcess && <Entry glyph={EXCESS_STYLE.glyph} color={EXCESS_STYLE.color} text="more than migration expects" />}
      {hasFlags && <Entry glyph="⨯" color="var(--ink)" text="failure" />}
      <span className={styles.unit}>{UNIT_WORDS[unit]}</span>
    </figcaption>
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
