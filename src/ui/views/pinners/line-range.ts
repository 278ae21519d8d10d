/** Where a 1-based line stands in a text, without its line end; the end of the text for lines beyond it. */
export function rangeOfLine(text: string, line: number): { readonly start: number; readonly end: number } {
  const lines = text.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0)
  const at = Math.min(start, text.length)
  return { start: at, end: at + (lines[line - 1]?.length ?? 0) }
}
