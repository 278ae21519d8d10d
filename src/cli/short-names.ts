import { basename, dirname, relative, resolve } from 'node:path'

/** Names to cite files by: their paths without the folder they all share, so that `trace.txt:8127` stays short. Distinct. */
export function shortNames(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return []
  const whole = paths.map((path) => resolve(path))
  let shared = dirname(whole[0])
  while (!whole.every((path) => isWithin(path, shared))) shared = dirname(shared)
  return whole.map((path) => relative(shared, path) || basename(path))
}

function isWithin(path: string, folder: string): boolean {
  const inside = relative(folder, path)
  return inside !== '' && inside !== '..' && !inside.startsWith('../')
}
