import { type Fault } from '../fuzz-case.ts'

/** Thrown where an input breaks a promise. */
export class Broken extends Error {
  readonly check: string
  /** What faults of this cause have in common; made of the message when absent. */
  readonly sign: string | undefined

  constructor(check: string, message: string, sign?: string) {
    super(message)
    this.check = check
    this.sign = sign
  }
}

/** Throws unless a promise is kept. `told` says what was seen. */
export function expectKept(isKept: boolean, check: string, told: () => string): void {
  if (!isKept) throw new Broken(check, told())
}

/** What was thrown as a fault. Whatever is not `Broken` came out of the engine, which promises to throw nothing. */
export function faultOf(error: unknown): Fault {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  const check = error instanceof Broken ? error.check : 'exception'
  const seen =
    error instanceof Broken
      ? (error.sign ?? message.replaceAll(/[0-9a-f]*\d[0-9a-f]*/gi, '#').slice(0, 80))
      : frameOf(stack)
  const where = check === 'exception' ? ` ${frameOf(stack)}` : ''
  return { check, message: `${message.slice(0, 2000)}${where}`, signature: `${check}: ${seen}` }
}

/** The first frame of ours, which tells one cause from another. */
function frameOf(stack: string): string {
  const frames = stack.split('\n').filter((line) => line.trimStart().startsWith('at '))
  return (frames.find((line) => line.includes('/src/')) ?? frames[0] ?? '').trim().replace(/\(?file:.*\/src\//, 'src/')
}
