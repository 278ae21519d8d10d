import { CLASS_STYLES, EXCESS_STYLE, LOSS_STYLE, UNTOLD_STYLE } from './class-style.ts'

/** One drawing per pattern, in an 8 × 8 tile: strokes over the class's colour. */
const DRAWINGS: Readonly<Record<string, string>> = {
  [CLASS_STYLES.allocation.patternId]: '',
  [CLASS_STYLES.mapping.patternId]: 'M0 4H8M4 0V8',
  [CLASS_STYLES.page_cache.patternId]: 'M0 2H8M0 6H8',
  [CLASS_STYLES.lru.patternId]: 'M2 0V8M6 0V8',
  [CLASS_STYLES.migration.patternId]: 'M1 2L4 4L1 6',
  [CLASS_STYLES.gup_get.patternId]: 'M4 1L7 4L4 7L1 4Z',
  [CLASS_STYLES.gup_pin.patternId]: 'M0 0L8 8M8 0L0 8',
  [CLASS_STYLES.driver.patternId]: 'M1 6L4 2L7 6Z',
  [CLASS_STYLES.io.patternId]: 'M4 2A2 2 0 1 0 4 6A2 2 0 1 0 4 2',
  [CLASS_STYLES.unknown.patternId]: 'M4 3V4M4 7V8',
  [EXCESS_STYLE.patternId]: 'M-2 2L2 -2M0 8L8 0M6 10L10 6',
  [UNTOLD_STYLE.patternId]: 'M-2 2L2 -2M0 8L8 0M6 10L10 6',
  [LOSS_STYLE.patternId]: 'M-2 6L2 10M0 0L8 8M6 -2L10 2',
}

/** The SVG patterns of all classes, once per page; charts refer to them by `ClassStyle.patternId`. */
export function ClassPatterns(): React.ReactNode {
  const styles = [...Object.values(CLASS_STYLES), EXCESS_STYLE, LOSS_STYLE, UNTOLD_STYLE]
  return (
    <svg width="0" height="0" aria-hidden="true" style={{ position: 'absolute' }}>
      <defs>
        {styles.map(({ patternId, color }) => (
          <pattern key={patternId} id={patternId} width="8" height="8" patternUnits="userSpaceOnUse">
            <rect width="8" height="8" style={{ fill: color }} />
            <path d={DRAWINGS[patternId]} style={{ fill: 'none', stroke: 'var(--pattern-stroke)', strokeWidth: 1 }} />
          </pattern>
        ))}
        <pattern id={EXCESS_STYLE.stripesId} width="14" height="14" patternUnits="userSpaceOnUse">
          <path d="M-2 2L2 -2M0 14L14 0M12 16L16 12" style={{ stroke: EXCESS_STYLE.color, strokeWidth: 1.25 }} />
        </pattern>
      </defs>
    </svg>
  )
}
