const MARKS = /^(?:> ?)+/
/** What a browser or a mail program puts for a blank. */
const OTHER_BLANKS = /[\u00a0\u2007\u202f]/g

/** A line of a mail without its marks of quoting: `> `, `>> `, `> > `. Each mark takes one blank with it. */
export function plainLine(text: string): { readonly text: string; readonly depth: number } {
  const marks = MARKS.exec(text)?.[0] ?? ''
  const depth = marks.replaceAll(' ', '').length
  return { text: text.slice(marks.length).replace(OTHER_BLANKS, ' '), depth }
}

/** True for what a mail begins with, or begins a quotation with. */
export function isMailLine(text: string): boolean {
  return /^(?:From|Date|Subject|Message-ID|In-Reply-To): \S|^On .{6,120} wrote:\s*$/.test(text)
}
