import { byLine } from '../by-line.ts'
import { type Head, type TraceFormat } from '../format.ts'
import { HtmlText, isHtml } from './html-text.ts'
import { type PartKind, signOf } from './line-kind.ts'
import { MixedReader } from './mixed-reader.ts'
import { isQuotedPrintable } from './quoted-printable.ts'
import { isMailLine, plainLine } from './quoting.ts'

/** A mail, a report or a page of text with parts in it that other formats read: traces, dumps, kernel logs. */
export const mixed: TraceFormat = {
  id: 'mixed',
  label: 'mails and reports with traces, dumps or logs in them',
  sniff: (head) => signsOf(head).size > 0,
  createReader: (into, problems) => byLine(new MixedReader(into, problems)),
}

/** True for a head that no single format should take, though one might: parts of two kinds, or a mail around one. */
export function isMixed(head: Head): boolean {
  const kinds = signsOf(head).size
  return kinds > 1 || (kinds === 1 && head.lines.some(isWrapped))
}

/** True for a line of the text that is around a part, or of one that has to be decoded. */
function isWrapped(line: string): boolean {
  return isMailLine(plainLine(line).text) || isQuotedPrintable(line) || isHtml(line)
}

/** The kinds of parts that the head has lines of. All of its bytes count: a mail may talk for long. */
function signsOf(head: Head): ReadonlySet<PartKind> {
  const kinds = new Set<PartKind>()
  if (head.bytes.includes(0)) return kinds // no text that a person sends, but perhaps an archive of such
  const text = new TextDecoder('latin1').decode(head.bytes)
  const html = new HtmlText()
  for (const line of text.split('\n')) {
    const bare = plainLine(html.line(line.slice(0, 2000))).text.trimEnd()
    const kind = signOf(bare) ?? signOf(bare.trimStart())
    if (kind !== undefined) kinds.add(kind)
  }
  for (const [outer, inner] of WITHIN) if (kinds.has(outer)) kinds.delete(inner)
  return kinds
}

/** Formats that have lines of the looks of others: a record of each group, rows of counts. */
const WITHIN: readonly (readonly [PartKind, PartKind])[] = [
  ['page_owner_sort', 'page_owner'],
  ['pagetypeinfo', 'buddyinfo'],
]
