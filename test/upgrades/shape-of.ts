/** The shape of plain JSON as lines, ascending: `entries[].about.pfn: string`. Members of a list are taken together. */
export function shapeOf(value: unknown): readonly string[] {
  return [...new Set(linesOf(value, ''))].toSorted()
}

function linesOf(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value) && value.length === 0) return [`${path}: []`]
  if (Array.isArray(value)) return value.flatMap((item) => linesOf(item, `${path}[]`))
  if (typeof value !== 'object' || value === null) return [`${path}: ${value === null ? 'null' : typeof value}`]
  return Object.entries(value).flatMap(([name, item]) => linesOf(item, path === '' ? name : `${path}.${name}`))
}
