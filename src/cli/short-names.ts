import { dirname, relative, resolve } from 'node:path'

/** Names to cite files by: their paths without the folder they all share, so that `trace.txt:8127` stays short. Distinct; whole
 * paths when they share nothing but the root. */
export function shortNames(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return []
  const whole = paths.map((path) => resolve(path))
  let shared = dirname(whole[0])
  while (!whole.every((path) => isWithin(path, shared))) shared = dirname(shared)
  if (shared === dirname(shared)) return whole
  return whole.map((path) => relative(shared, path))
}

function isWithin(path: string, folder: string): boolean {
  const inside = relative(folder, path)
  return inside !== '' && inside !== '..' && !inside.startsWith('../')
}
