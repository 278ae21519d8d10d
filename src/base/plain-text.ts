// Controls (C0, DEL, C1) and the marks that reorder text on a screen: what a file could use to forge what is read.
// oxlint-disable-next-line no-control-regex -- these are the characters to find
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/g

/** Text from a file, safe to be shown as one line: control characters are shown as `\x1b`, tabs as blanks. */
export function plainText(text: string): string {
  return text.replace(UNSAFE, (mark) => (mark === '\t' ? ' ' : escaped(mark.charCodeAt(0))))
}

function escaped(code: number): string {
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}
