/** Stands last in a link: what lacks it was cut off on its way. */
export const END = 'end'

/** A break of a quoted-printable line, and breaks of lines that no browser took out. Our own links have them encoded. */
const BREAKS = /=\r?\n|=%0D?%0A|[\r\n\t]/gi
/** What a mail or a sentence puts behind a link. */
const TRAILING = /(?:%3E|%22|[\s.,;:!?>)\]}'"*_~])+$/i

/**
 * Undoes what mail programs do to the text of a link, where there is no doubt: `&amp;` for `&`, quoted-printable text with its
 * soft breaks, and what stands behind the end. Any other text comes back as it is.
 */
export function mendLinkText(text: string): string {
  const plain = text.replaceAll('&amp;', '&').replaceAll(BREAKS, '')
  const isQuoted = /^\??v=3D\d/.test(plain)
  const unquoted = isQuoted ? plain.replaceAll(/=3D/gi, '=') : plain
  return unquoted.replace(/&end(?:%3E|%22|[^&=\w])+$/i, `&${END}`)
}

/**
 * One parameter. In links that were written here an `=` stands behind the name alone: another one is a break of a line that lost
 * its newline. `isName` tells whether a name is known.
 */
export function splitPart(part: string, isName: (name: string) => boolean): readonly [name: string, value: string] {
  const pieces = part.split('=')
  if (pieces.length === 1) return [part, '']
  const at = pieces.findIndex((_, index) => isName(pieces.slice(0, index + 1).join('')))
  const end = at < 0 || at === pieces.length - 1 ? 0 : at
  const isOurs = at >= 0
  return [pieces.slice(0, end + 1).join(''), pieces.slice(end + 1).join(isOurs ? '' : '=')]
}

/** A longer value is none that a mail program broke; looking for an end in it would take long. */
const MOST_MENDED = 1000

/** A value without what does not belong to it, to be tried where the value as it stands says nothing. */
export function mendValue(value: string): string {
  if (value.length > MOST_MENDED) return value
  return value.replaceAll(/\s+/g, '').replace(TRAILING, '')
}
