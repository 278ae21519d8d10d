import { assertUnreachable } from './assert.ts'
import { MOST_PATTERN_STEPS, type PatternNode, readPattern } from './pattern-syntax.ts'
import { fail, ok, type Result } from './result.ts'

/** A regular expression of anybody, which a text is looked through for in time that grows with the text alone. */
export interface LinearPattern {
  /** True where it is found anywhere in the text, as `RegExp.test` says. O(text × steps), whatever both are. */
  test(text: string): boolean
  /** What each character may cost. */
  readonly steps: number
}

/**
 * Compiles a regular expression of JavaScript so that it cannot take for ever: `RegExp` tries way after way, and for
 * `(a+)+$` there are more of them than a machine can try. Here all ways are gone at once (Thompson, *Regular Expression Search
 * Algorithm*, CACM 11(6), 1968). Fails, in words, for what cannot be looked for in that way. Throws for what is none at all.
 */
export function linearPattern(source: string, flags: '' | 'i'): Result<LinearPattern, string> {
  RegExp(source, flags)
  const read = readPattern(source)
  if (!read.ok) return read
  const program = new Program(flags)
  if (!program.add(read.value) || program.op.length > MOST_PATTERN_STEPS)
    return fail(`it repeats to more than ${MOST_PATTERN_STEPS} steps: write smaller numbers in its braces`)
  program.push(MATCH, 0, 0)
  return ok(new Machine(program))
}

const MATCH = 0
/** Goes on at both `x` and `y`. */
const FORK = 1
/** Takes one character that fits `atoms[x]`. */
const TAKE = 2
const AT_START = 3
const AT_END = 4
const AT_EDGE = 5
const WITHIN = 6
const ASSERTIONS = { '^': AT_START, $: AT_END, '\\b': AT_EDGE, '\\B': WITHIN } as const

/** Steps of a pattern, in the order in which they are gone. */
class Program {
  readonly op: number[] = []
  readonly x: number[] = []
  readonly y: number[] = []
  readonly atoms: Atom[] = []
  readonly #flags: string
  readonly #known = new Map<string, number>()

  constructor(flags: string) {
    this.#flags = flags
  }

  push(op: number, x: number, y: number): number {
    this.x.push(x)
    this.y.push(y)
    return this.op.push(op) - 1
  }

  /** False when there are too many steps. */
  add(node: PatternNode): boolean {
    if (this.op.length > MOST_PATTERN_STEPS) return false
    switch (node.kind) {
      case 'sequence':
        return node.parts.every((part) => this.add(part))
      case 'choice':
        return this.#addChoice(node.parts)
      case 'repeat':
        return this.#addRepeat(node)
      case 'atom':
        return this.push(TAKE, this.#atom(node.source), 0) >= 0
      case 'assertion':
        return this.push(ASSERTIONS[node.what], 0, 0) >= 0
      default:
        return assertUnreachable(node)
    }
  }

  #atom(source: string): number {
    const known = this.#known.get(source) ?? this.atoms.push(atomOf(source, this.#flags)) - 1
    this.#known.set(source, known)
    return known
  }

  #addChoice(parts: readonly PatternNode[]): boolean {
    const leaving: number[] = []
    for (const [at, part] of parts.entries()) {
      const fork = at < parts.length - 1 ? this.push(FORK, this.op.length + 1, 0) : undefined
      if (!this.add(part)) return false
      if (fork === undefined) break
      leaving.push(this.push(FORK, 0, 0))
      this.y[fork] = this.op.length
    }
    for (const step of leaving) this.x[step] = this.y[step] = this.op.length
    return true
  }

  #addRepeat({ part, least, most }: Extract<PatternNode, { kind: 'repeat' }>): boolean {
    for (let time = 0; time < least; time++) {
      const before = this.op.length
      if (!this.add(part)) return false
      if (this.op.length === before) break // nothing, however often
    }
    return most === Number.POSITIVE_INFINITY ? this.#addLoop(part) : this.#addOptional(part, most - least)
  }

  #addLoop(part: PatternNode): boolean {
    const fork = this.push(FORK, this.op.length + 1, 0)
    if (!this.add(part)) return false
    this.push(FORK, fork, fork)
    this.y[fork] = this.op.length
    return true
  }

  #addOptional(part: PatternNode, times: number): boolean {
    const forks: number[] = []
    for (let time = 0; time < times; time++) {
      forks.push(this.push(FORK, this.op.length + 1, 0))
      if (!this.add(part)) return false
    }
    for (const fork of forks) this.y[fork] = this.op.length
    return true
  }
}

/** Atoms of patterns: they are letters for the most part, the same ones again and again. */
const shared = new Map<string, Atom>()
const MOST_SHARED = 1000

function atomOf(source: string, flags: string): Atom {
  const key = `${flags}/${source}`
  const known = shared.get(key) ?? new Atom(source, flags)
  if (shared.size < MOST_SHARED) shared.set(key, known)
  return known
}

/** What one character may be: a letter, `.`, `\w`, `[a-z]`. One character is what `RegExp` itself can be asked about. */
class Atom {
  readonly #pattern: RegExp
  readonly #plain = new Uint8Array(128)
  readonly #others = new Map<number, boolean>()

  constructor(source: string, flags: string) {
    this.#pattern = new RegExp(`^(?:${source})$`, flags)
    for (let code = 0; code < 128; code++) this.#plain[code] = this.#ask(code) ? 1 : 0
  }

  fits(code: number): boolean {
    if (code < 128) return this.#plain[code] === 1
    const known = this.#others.get(code) ?? this.#ask(code)
    this.#others.set(code, known)
    return known
  }

  #ask(code: number): boolean {
    return this.#pattern.test(String.fromCharCode(code))
  }
}

/** Goes all ways of a program at once. */
class Machine implements LinearPattern {
  readonly steps: number
  readonly #program: Program
  readonly #isAnchored: boolean
  /** Steps that take a character next, and those for the character after it. */
  #now: Int32Array
  #next: Int32Array
  /** The position, plus one, at which a step was reached last. */
  readonly #seen: Float64Array
  readonly #stack: Int32Array
  #round = 0

  constructor(program: Program) {
    const size = program.op.length
    this.steps = size
    this.#program = program
    this.#isAnchored = program.op[0] === AT_START
    this.#now = new Int32Array(size)
    this.#next = new Int32Array(size)
    this.#seen = new Float64Array(size)
    this.#stack = new Int32Array(size * 2 + 2)
  }

  test(text: string): boolean {
    const { x, atoms } = this.#program
    let count = this.#reach(0, text, 0, 0, true)
    for (let at = 0; at < text.length; at++) {
      if (count < 0) return true
      const code = text.charCodeAt(at)
      let found = 0
      this.#round++
      for (let one = 0; one < count; one++) {
        const step = this.#now[one]
        if (atoms[x[step]].fits(code)) found = this.#reach(step + 1, text, at + 1, found, false)
        if (found < 0) return true
      }
      // It may begin anywhere, unless it says that it begins with the text.
      count = this.#isAnchored ? found : this.#reach(0, text, at + 1, found, false)
      if (this.#isAnchored && count === 0) return false
      const now = this.#now
      this.#now = this.#next
      this.#next = now
    }
    return count < 0
  }

  /** Adds the steps that take a character to those that were reached at `at`; how many there are, -1 when the end is one. */
  #reach(from: number, text: string, at: number, count: number, isFirst: boolean): number {
    if (isFirst) this.#round++
    const { op, x, y } = this.#program
    const into = isFirst ? this.#now : this.#next
    const stack = this.#stack
    let depth = 0
    let found = count
    stack[depth++] = from
    while (depth > 0) {
      const step = stack[--depth]
      if (this.#seen[step] === this.#round) continue
      this.#seen[step] = this.#round
      const does = op[step]
      if (does === MATCH) return -1
      if (does === TAKE) into[found++] = step
      else if (does === FORK) {
        stack[depth++] = y[step]
        stack[depth++] = x[step]
      } else if (holds(does, text, at)) stack[depth++] = step + 1
    }
    return found
  }
}

function holds(assertion: number, text: string, at: number): boolean {
  if (assertion === AT_START) return at === 0
  if (assertion === AT_END) return at === text.length
  const isEdge = isWord(text.charCodeAt(at - 1)) !== isWord(text.charCodeAt(at))
  return isEdge === (assertion === AT_EDGE)
}

/** Of NaN, which stands beyond the text, too. */
function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122)
}
