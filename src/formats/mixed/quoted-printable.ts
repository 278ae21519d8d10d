import { plainLine } from './quoting.ts'

const HEADER = /^Content-Transfer-Encoding:\s*quoted-printable\s*$/i
/** An argument of an event as that encoding spells it: the kernel prints hex digits in lower case. */
const ENCODED_FIELD = /\b(?:pfn|flags|count|mapcount|mapping|mt|val|ret)=3D\S/
/** An event that breaks before its first `=3D`, at `pfn=` or within a name. */
const CUT_EVENT = /\d: (?:page|folio)_ref_\w+:.{0,20}[^=]=$/
/** Longest line that the encoding allows (RFC 2045, 6.7). */
const LINE_CHARACTERS = 76
/** More pieces than this are no line of ours. */
const MOST_PIECES = 64

/** True for a line of a mail that only quoted-printable explains: its header, or `pfn=3D0x17ac9`. */
export function isQuotedPrintable(text: string): boolean {
  const { text: bare } = plainLine(text)
  return HEADER.test(bare) || ENCODED_FIELD.test(bare)
}

/**
 * Undoes quoted-printable (RFC 2045): `=3D` is `=`, and a line that ends with `=` goes on with the next. It is the
 * outermost layer of a mail, around `> ` and wrapped lines; only a raw mail that was quoted whole has marks around it.
 * Lines are left as they are until one tells the encoding.
 */
export class QuotedPrintable {
  /** Number of the first piece that waits for more; undefined when none does. */
  firstLine: number | undefined
  /** Pieces behind the first, of the line that was made last. */
  joins = 0
  #isOn = false
  #pieces: string[] = []

  /** The whole line as it was written; undefined when it goes on. */
  line(text: string, line: number): string | undefined {
    this.#isOn ||= isQuotedPrintable(text)
    this.joins = 0
    const isWaiting = this.#pieces.length > 0
    if (!this.#isOn && !isWaiting && !CUT_EVENT.test(text)) return text
    this.firstLine ??= line
    const bare = plainLine(text).text
    this.#pieces.push(isWaiting && this.#pieces[0].startsWith('>') ? bare : text)
    const goesOn = text.endsWith('=') && bare.length <= LINE_CHARACTERS && this.#pieces.length < MOST_PIECES
    return goesOn ? undefined : this.finish()
  }

  /** What waits, as a line. */
  finish(): string {
    const pieces = this.#pieces
    this.joins = Math.max(0, pieces.length - 1)
    this.#pieces = []
    this.firstLine = undefined
    const last = pieces.length - 1
    return decoded(pieces.map((piece, at) => (at < last ? piece.slice(0, -1) : piece)).join(''))
  }
}

/** `=C2=A0` is bytes of UTF-8. An encoded end of a line is a blank: a line of a file is one line. */
function decoded(text: string): string {
  return text.replaceAll(/(?:=[0-9A-F]{2})+/g, (codes) => {
    const bytes = codes
      .slice(1)
      .split('=')
      .map((code) => Number.parseInt(code, 16))
    return new TextDecoder().decode(Uint8Array.from(bytes)).replaceAll(/[\r\n]/g, ' ')
  })
}
