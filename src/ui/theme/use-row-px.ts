import { useSettings } from '../../state/settings-store.ts'
import { type Density } from '../../state/settings.ts'

/** Height of a row by density, px: `--row` in `tokens.css`. */
const ROW_PX_BY_DENSITY: Readonly<Record<Density, number>> = { compact: 20, comfortable: 24 }

/** Height of a table's row and of its heading, px, as the person likes it. */
export function useRowPx(): number {
  const [{ density }] = useSettings()
  return ROW_PX_BY_DENSITY[density]
}
