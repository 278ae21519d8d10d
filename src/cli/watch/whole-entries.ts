/** Far longer than the stack of one event. */
const LOOKED_AT = 1 << 16

/** A line that belongs to the event above it (kernel/trace/trace_output.c trace_stack_print()). */
const OF_THE_EVENT_ABOVE = /^\s*=> |<stack trace>\s*$|^\s*$/

/**
 * Where a text that is being written may be cut: behind its last whole line when it `isQuiet`, else before its last event, of
 * which more lines may come. 0 when there is nothing whole.
 */
export async function wholeEntries(
  bytesAt: (from: number, to: number) => Promise<Uint8Array>,
  size: number,
  isQuiet: boolean,
): Promise<number> {
  const from = Math.max(0, size - LOOKED_AT)
  // As Latin-1 every byte is one character, so that positions stay positions.
  const text = Buffer.from(await bytesAt(from, size)).toString('latin1')
  const lastLine = text.lastIndexOf('\n') + 1
  if (lastLine === 0) return 0
  if (isQuiet) return from + lastLine
  let cut = lastLine
  while (cut > 0) {
    const begin = text.lastIndexOf('\n', cut - 2) + 1
    if (!OF_THE_EVENT_ABOVE.test(text.slice(begin, cut - 1))) return from + begin
    if (begin === 0) break
    cut = begin
  }
  return from + lastLine
}
