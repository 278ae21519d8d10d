import { type ReactNode } from 'react'
import { type HeatScale, type Swatch } from './heat-scale.ts'
import styles from './heat-legend.module.css'

interface HeatLegendProps {
  readonly scale: HeatScale
  /** What cells look like of which nothing is told. */
  readonly others?: readonly Swatch[]
  /** Lines and marks that are drawn beside cells: how each looks, in words. */
  readonly lines?: readonly { readonly mark: string; readonly label: string }[]
}

/** What the steps of a scale mean, with their numbers and units; a glyph or a pattern beside each colour. */
export function HeatLegend({ scale, others = [], lines = [] }: HeatLegendProps): ReactNode {
  return (
    <ul className={styles.legend} aria-label={`Legend: ${scale.title}`}>
      <li className={styles.title}>{scale.title}</li>
      {[...scale.steps, ...others].map((swatch) => (
        <li key={`${swatch.color} ${swatch.label}`}>
          <span
            className={styles.swatch}
            style={{ backgroundColor: `var(${swatch.color})` }}
            data-pattern={swatch.pattern}
            aria-hidden="true"
          >
            <b>{swatch.glyph}</b>
          </span>
          {swatch.label}
        </li>
      ))}
      {lines.map(({ mark, label }) => (
        <li key={label}>
          <span className={styles.line} data-mark={mark} aria-hidden="true" />
          {label}
        </li>
      ))}
    </ul>
  )
}
