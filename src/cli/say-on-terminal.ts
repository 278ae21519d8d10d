import { plainText } from '../report/plain-text.ts'

/** A line for whoever waits at a terminal, on standard error. Nothing where nobody does. */
export function sayOnTerminal(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`pinscope: ${plainText(words)}\n`)
}
