/** A word of a POSIX shell that stands for this text, whatever is in it. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** Names of CMA areas as device trees and drivers give them; what else may be in one is left out, not guessed. */
export function isAreaName(text: string): boolean {
  return /^[\w,.@:+-]{1,64}$/.test(text) && text !== '.' && text !== '..'
}
