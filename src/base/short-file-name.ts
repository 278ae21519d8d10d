/** Characters that a name may take in a link, as it is encoded there. */
const MOST_NAME = 24
const CUT = '..'

/** A long name of a file is told by its beginning, with `..` behind it: in links, where the hash binds and the name is for people. */
export function shortFileName(name: string): string {
  const characters = Array.from(name)
  const lengths = characters.map((one) => encodedLength(one))
  if (lengths.reduce((sum, one) => sum + one, 0) <= MOST_NAME) return name
  let left = MOST_NAME - CUT.length
  const end = lengths.findIndex((one) => (left -= one) < 0)
  return characters.slice(0, end).join('') + CUT
}

/** The beginning that a short name tells; `undefined` of a whole name. */
export function beginningOf(short: string): string | undefined {
  return short.endsWith(CUT) ? short.slice(0, -CUT.length) : undefined
}

function encodedLength(character: string): number {
  // Half of a pair is written as what stands for an unreadable character.
  return /^[\uD800-\uDFFF]$/.test(character) ? 9 : encodeURIComponent(character).length
}
