/** `comm-pid [cpu] flags time: name:`, or latency-format's columns: strict, for other text must not pass. A frame is none, whatever it looks like. */
const ENTRY =
  /^(?![ \t]?=> )\s*\S.{0,63}?-\d+\s+(?:\([\s\d-]+\)\s+)?(?:\[\d+\]\s+(?:[\w.#]{4,7}\s+)?|\d+[.A-Za-z][\w.#]{3,6}\s+)\d+(?:\.\d+|us.?)?:\s+(?:[A-Za-z_]\w*:|<(?:user )?stack trace>)/
const FRAME = /^ ?=> \S/
const MARK = /^(?:##### CPU \d+ buffer started ####|CPU:\d+ \[(?:LOST |\d+ EVENTS DROPPED))/

/** True for a line that an entry of the ring buffer is printed as, in a text where it could be anything else. */
export function isPrintedEntry(text: string): boolean {
  return text.includes(': ') && ENTRY.test(text)
}

/** True for what goes on with a printed entry, or stands between two: a frame of its stack, a mark of lost events. */
export function isPrintedRest(text: string): boolean {
  return FRAME.test(text) || MARK.test(text)
}
