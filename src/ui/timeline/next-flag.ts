import { type ChartFlag } from '../widgets/chart-flags.tsx'

/**
 * The failure `by` after (or before) the selected one, or else after (or before) a moment; the last there is when steps
 * lead beyond. Flags ascend in time; `undefined` when there is none that way.
 */
export function nextFlag(
  flags: readonly ChartFlag[],
  selected: string | undefined,
  ns: number,
  by: number,
): ChartFlag | undefined {
  const at = flags.findIndex(({ id }) => id === selected)
  if (at >= 0) return flags[Math.min(Math.max(at + by, 0), flags.length - 1)]
  const later = flags.filter((flag) => (by > 0 ? flag.ns > ns : flag.ns < ns))
  return by > 0 ? (later.at(by - 1) ?? later.at(-1)) : (later.at(by) ?? later.at(0))
}
