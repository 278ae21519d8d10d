/** The keys of a table's open rows, with one of them opened or closed. */
export function toggled(open: ReadonlySet<string>, key: string, isOpen: boolean): ReadonlySet<string> {
  const next = new Set(open)
  if (isOpen) next.add(key)
  else next.delete(key)
  return next
}
