import { expectKept } from './broken.ts'

// oxlint-disable-next-line no-control-regex -- these are the characters that must not be there
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/

/** No text that is printed has a character that does something to a terminal. */
export function checkPrinted(what: string, text: string): void {
  const found = UNSAFE.exec(text)
  expectKept(found === null, 'control character', () => {
    const at = found?.index ?? 0
    return `${what} has ${JSON.stringify(found?.[0])} in ${JSON.stringify(text.slice(Math.max(0, at - 60), at + 20))}`
  })
}

/** No number of an answer is one that JSON has no word for. */
export function checkFinite(what: string, answer: unknown, path = ''): void {
  if (typeof answer === 'number')
    expectKept(Number.isFinite(answer), 'no number', () => `${what}: ${path} is ${answer}`)
  if (typeof answer !== 'object' || answer === null || ArrayBuffer.isView(answer)) return
  for (const [name, member] of Object.entries(answer)) checkFinite(what, member, `${path}.${name}`)
}
