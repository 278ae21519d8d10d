import { fail, ok, type Result } from './result.ts'

/** Steps that a pattern may come to when its repetitions are written out. */
export const MOST_PATTERN_STEPS = 1000
/** Groups within each other. */
const MOST_DEEP = 100

/** A regular expression as a tree, without what only tells which part was found where. */
export type PatternNode =
  | { readonly kind: 'atom'; readonly source: string }
  | { readonly kind: 'assertion'; readonly what: '^' | '$' | '\\b' | '\\B' }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly least: number; readonly most: number }

/**
 * Reads the text of a regular expression of JavaScript, without the flags u, v, m and s (ECMA-262, 22.2.1 and annex B.1.2), that
 * `RegExp` takes. Fails, in words, for what needs more than one look at each character. O(length).
 */
export function readPattern(source: string): Result<PatternNode, string> {
  try {
    return ok(new PatternReader(source).readChoice(0))
  } catch (error) {
    if (error instanceof Refusal) return fail(error.message)
    throw error
  }
}

class Refusal extends Error {}

const LOOKS_AROUND =
  'looking around, as in (?=a), and back-references, as in \\1, are not read, for they could take for ever: write two terms, or - before one'
const TOO_DEEP = `groups within each other more than ${MOST_DEEP} deep are not read`
const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|c[a-zA-Z]|0[0-7]{0,2}|[^])/y
const CLASS = /\[(?:\\[^]|[^\]\\])*\]/y
const COUNTED = /\{(\d+)(?:(,)(\d*))?\}/y
const GROUP = /\((?:\?:|\?<[^=!][^>]*>|(?!\?))/y
const SYNTAX = /[.*+?^$()|[\]{}\\]/

class PatternReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Up to the end of the text, or to the parenthesis that closes a group. */
  readChoice(depth: number): PatternNode {
    if (depth > MOST_DEEP) throw new Refusal(TOO_DEEP)
    const parts = [this.#readSequence(depth)]
    while (this.#take('|')) parts.push(this.#readSequence(depth))
    return parts.length === 1 ? parts[0] : { kind: 'choice', parts }
  }

  #readSequence(depth: number): PatternNode {
    const parts: PatternNode[] = []
    for (
      let next = this.#text[this.#at];
      next !== undefined && next !== '|' && next !== ')';
      next = this.#text[this.#at]
    )
      parts.push(this.#repeated(this.#readOne(depth)))
    return { kind: 'sequence', parts }
  }

  #readOne(depth: number): PatternNode {
    const first = this.#text[this.#at]
    if (first === '(') return this.#readGroup(depth)
    if (first === '^' || first === '$') return this.#assertion(first)
    if (first === '[') return { kind: 'atom', source: this.#takeAll(CLASS) }
    if (first === '\\') return this.#readEscape()
    this.#at++
    // A lone brace or bracket stands for itself.
    return { kind: 'atom', source: first !== '.' && SYNTAX.test(first) ? `\\${first}` : first }
  }

  #readGroup(depth: number): PatternNode {
    if (this.#takeAll(GROUP) === '') throw new Refusal(LOOKS_AROUND)
    const inside = this.readChoice(depth + 1)
    this.#at++ // its parenthesis
    return inside
  }

  #readEscape(): PatternNode {
    const next = this.#text[this.#at + 1]
    if (next === 'b' || next === 'B') return this.#assertion(`\\${next}`)
    if (/[1-9k]/.test(next)) throw new Refusal(LOOKS_AROUND)
    const isBackslash = next === 'c' && !/[a-zA-Z]/.test(this.#text[this.#at + 2] ?? '')
    if (!isBackslash) return { kind: 'atom', source: this.#takeAll(ESCAPE) }
    this.#at++
    return { kind: 'atom', source: '\\\\' }
  }

  #assertion(what: '^' | '$' | '\\b' | '\\B'): PatternNode {
    this.#at += what.length
    return { kind: 'assertion', what }
  }

  #repeated(part: PatternNode): PatternNode {
    const counts = this.#readCounts()
    if (counts === undefined) return part
    this.#take('?') // the fewest first: which are found is no matter
    const [least, most] = counts
    return { kind: 'repeat', part, least, most }
  }

  #readCounts(): readonly [number, number] | undefined {
    if (this.#take('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.#take('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.#take('?')) return [0, 1]
    COUNTED.lastIndex = this.#at
    const counted = COUNTED.exec(this.#text)
    if (counted === null) return undefined
    this.#at = COUNTED.lastIndex
    const least = Number(counted[1])
    if (counted[2] === undefined) return [least, least]
    return [least, counted[3] === '' ? Number.POSITIVE_INFINITY : Number(counted[3])]
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  /** What a sticky pattern finds here; empty for nothing. */
  #takeAll(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }
}
