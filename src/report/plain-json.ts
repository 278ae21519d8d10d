// What JSON leaves as it is and a terminal may obey: DEL, C1 (U+009B begins a sequence as ESC [ does), marks that reorder text.
const UNSAFE = /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/g

/** JSON text of the same value that is safe to print on a terminal: such characters are written as `\u009b`. */
export function plainJson(json: string): string {
  return json.replace(UNSAFE, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
