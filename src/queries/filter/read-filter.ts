import { judgeSize } from './judge-size.ts'
import {
  FILTER_KEYWORDS,
  type FilterComparison,
  type FilterError,
  type FilterNode,
  type FilterSpan,
  type FilterTerm,
  type FilterValue,
} from './filter-node.ts'
import { filterFieldOf, judgeTerm, unknownFieldMessage } from './judge-term.ts'

/** A filter that was read; no node for the empty text, and where there are errors. */
export interface ReadFilter {
  readonly node?: FilterNode
  readonly errors: readonly FilterError[]
}

/** Parentheses and negations within each other: more than anybody writes, and less than the stack holds. */
const MOST_DEEP = 100

/**
 * Reads the text of a filter. Never throws: what cannot be read is told with its place. O(length).
 *
 *     or   := and (('or' | '|' | '||') and)*
 *     and  := not ('and'? not)*
 *     not  := ('not' | '-' | '!') not | '(' or ')' | term
 *     term := field (':' | '=' | '!=' | '>' | …) value (',' value)* | value
 */
export function readFilter(text: string): ReadFilter {
  const reader = new FilterReader(text)
  const node = reader.readAll()
  if (reader.errors.length > 0 || node === undefined) return { errors: reader.errors }
  const errors = judgeSize(node)
  return errors.length > 0 ? { errors } : { node, errors: [] }
}

const BLANK = /\s/
/** Ends a word that is not quoted. */
const DELIMITER = /[\s,()|"]/
const COMPARISON = /^(?:>=|<=|!=|==|>|<|=)/

class FilterReader {
  readonly errors: FilterError[] = []
  readonly #text: string
  #at = 0
  #depth = 0
  /** What follows cannot be told apart any more. */
  #isBroken = false

  constructor(text: string) {
    this.#text = text
  }

  readAll(): FilterNode | undefined {
    this.#skipBlanks()
    if (this.#isAtEnd()) return undefined
    const node = this.#readOr()
    // What nobody took: parentheses and commas too many.
    if (!this.#isAtEnd()) this.#fail(this.#placeHere(), strayMessage(this.#text[this.#at]))
    return node
  }

  #readOr(): FilterNode | undefined {
    return this.#readJoined(
      'or',
      () => this.#readAnd(),
      () => this.#takeWord('or') || this.#takeBars(),
    )
  }

  #readAnd(): FilterNode | undefined {
    return this.#readJoined(
      'and',
      () => this.#readNot(),
      () => this.#takeWord('and') || this.#isAtTerm(),
    )
  }

  #readJoined(
    kind: 'and' | 'or',
    readPart: () => FilterNode | undefined,
    goesOn: () => boolean,
  ): FilterNode | undefined {
    const parts = [readPart()]
    while (goesOn()) parts.push(readPart())
    // A part that is joined in the same way, in parentheses, is no part of its own.
    const found = parts.flatMap((part) => (part === undefined ? [] : part.kind === kind ? part.parts : [part]))
    if (found.length < 2) return found.at(0)
    return { kind, parts: found, start: found[0].start, end: found[found.length - 1].end }
  }

  #readNot(): FilterNode | undefined {
    this.#skipBlanks()
    const start = this.#at
    if (!this.#takeNot()) return this.#readPrimary()
    const part = this.#nested(start, () => this.#readNot())
    return part && { kind: 'not', part, start, end: part.end }
  }

  #readPrimary(): FilterNode | undefined {
    this.#skipBlanks()
    const start = this.#at
    if (this.#text[start] !== '(') return this.#readTerm()
    this.#at++
    const node = this.#nested(start, () => this.#readOr())
    if (this.#isBroken) return node
    this.#skipBlanks()
    if (this.#text[this.#at] !== ')') {
      this.#fail({ start, end: start + 1 }, 'this parenthesis is not closed: add )')
      return node
    }
    this.#at++
    return node && { ...node, start, end: this.#at }
  }

  #nested(start: number, read: () => FilterNode | undefined): FilterNode | undefined {
    if (this.#depth >= MOST_DEEP) {
      this.#fail({ start, end: start + 1 }, `nested more than ${MOST_DEEP} deep: leave parentheses out`)
      return undefined
    }
    this.#depth++
    const node = read()
    this.#depth--
    return node
  }

  #readTerm(): FilterTerm | undefined {
    const start = this.#at
    if (this.#isAtEnd())
      return this.#fail(this.#placeHere(), 'a term is missing here: write one, or drop what is before')
    const named = this.#takeField()
    const values = this.#readValues(named === undefined)
    if (values === undefined) return undefined
    const end = this.#at
    if (named === undefined)
      return { kind: 'term', field: 'any', comparison: ':', values: values.map(bareValue), start, end }
    const field = filterFieldOf(named.name)
    const nameSpan = { start, end: start + named.name.length }
    if (field === undefined) {
      this.errors.push({ ...nameSpan, message: unknownFieldMessage(named.name) })
      return undefined
    }
    const objections = judgeTerm(field, named.comparison, values, { start, end })
    this.errors.push(...objections)
    if (objections.length > 0) return undefined
    return { kind: 'term', field: field.id, comparison: named.comparison, values, start, end }
  }

  /** `count > ` of `count > 3`: blanks may stand around a comparison, not around a colon. */
  #takeField(): { readonly name: string; readonly comparison: FilterComparison } | undefined {
    const rest = this.#text.slice(this.#at)
    const name = /^[A-Za-z_]\w*/.exec(rest)?.[0]
    if (name === undefined) return undefined
    if (rest[name.length] === ':') {
      this.#at += name.length + 1
      return { name, comparison: ':' }
    }
    const blanks = /^\s*/.exec(rest.slice(name.length))?.[0].length ?? 0
    const written = COMPARISON.exec(rest.slice(name.length + blanks))?.[0]
    if (written === undefined || FILTER_KEYWORDS.has(name.toLowerCase())) return undefined
    this.#at += name.length + blanks + written.length
    this.#skipBlanks()
    const isEqual = written === '=' || written === '=='
    return { name, comparison: isEqual ? ':' : (written as FilterComparison) } // all that COMPARISON knows else
  }

  #readValues(isBare: boolean): readonly FilterValue[] | undefined {
    const values: FilterValue[] = []
    for (;;) {
      const value = this.#readValue()
      if (value === undefined) return undefined
      values.push(value)
      if (isBare || this.#text[this.#at] !== ',') return values
      this.#at++
    }
  }

  #readValue(): FilterValue | undefined {
    const start = this.#at
    const first = this.#text[start]
    if (first === '"') return this.#readQuoted('exact')
    if (first === '/') return this.#readRegex()
    if (first === '~') {
      this.#at++
      if (this.#text[this.#at] === '"') return this.#spanned(start, this.#readQuoted('part'))
      const text = this.#takeBareWord()
      return text === '' ? this.#missingValue() : { kind: 'part', text, start, end: this.#at }
    }
    const text = this.#takeBareWord()
    if (text === '') return this.#missingValue()
    return { kind: text.includes('*') ? 'wild' : 'exact', text, start, end: this.#at }
  }

  #missingValue(): undefined {
    const at = this.#text[this.#at]
    const isStray = at === ')' || at === ',' || at === '|'
    return this.#fail(
      this.#placeHere(),
      isStray ? strayMessage(at) : 'a value is missing here: write one, or "" for the empty text',
    )
  }

  #readQuoted(kind: 'exact' | 'part'): FilterValue | undefined {
    const start = this.#at
    let text = ''
    for (let at = start + 1; at < this.#text.length; at++) {
      const char = this.#text[at]
      if (char === '"') {
        this.#at = at + 1
        return { kind, text, start, end: this.#at }
      }
      if (char === '\\' && at + 1 < this.#text.length) at++
      text += this.#text[at]
    }
    return this.#fail({ start, end: this.#text.length }, 'this quote is not closed: add "')
  }

  #readRegex(): FilterValue | undefined {
    const start = this.#at
    const match = /^\/((?:[^\\/]|\\.)+)\/(i?)/s.exec(this.#text.slice(start))
    if (match === null)
      return this.#fail({ start, end: this.#text.length }, 'this regular expression is not closed: add / or quote it')
    this.#at += match[0].length
    return { kind: 'regex', text: match[1], flags: match[2] === 'i' ? 'i' : '', start, end: this.#at }
  }

  #spanned(start: number, value: FilterValue | undefined): FilterValue | undefined {
    return value && { ...value, start }
  }

  #takeBareWord(): string {
    const start = this.#at
    while (!this.#isAtEnd() && !DELIMITER.test(this.#text[this.#at])) this.#at++
    return this.#text.slice(start, this.#at)
  }

  /** A keyword that stands alone. */
  #takeWord(word: string): boolean {
    this.#skipBlanks()
    const end = this.#at + word.length
    if (this.#text.slice(this.#at, end).toLowerCase() !== word) return false
    if (end < this.#text.length && !/[\s()"]/.test(this.#text[end])) return false
    this.#at = end
    return true
  }

  #takeBars(): boolean {
    this.#skipBlanks()
    if (this.#text[this.#at] !== '|') return false
    this.#at += this.#text[this.#at + 1] === '|' ? 2 : 1
    return true
  }

  #takeNot(): boolean {
    if (this.#takeWord('not')) return true
    const first = this.#text[this.#at]
    if (first !== '-' && first !== '!') return false
    this.#at++
    return true
  }

  /** True where another term may begin; `&&` is taken for and. */
  #isAtTerm(): boolean {
    this.#skipBlanks()
    if (this.#text.startsWith('&&', this.#at)) {
      this.#at += 2
      return true
    }
    if (this.#isAtEnd() || /[),|]/.test(this.#text[this.#at])) return false
    return !/^or(?:$|[\s()"])/i.test(this.#text.slice(this.#at, this.#at + 3))
  }

  #skipBlanks(): void {
    while (!this.#isAtEnd() && BLANK.test(this.#text[this.#at])) this.#at++
  }

  #isAtEnd(): boolean {
    return this.#at >= this.#text.length
  }

  /** The character that is next; the last one at the end, so that there is something to underline. */
  #placeHere(): FilterSpan {
    const start = Math.max(0, Math.min(this.#at, this.#text.length - 1))
    return { start, end: Math.min(start + 1, this.#text.length) }
  }

  #fail(span: FilterSpan, message: string): undefined {
    this.errors.push({ ...span, message })
    this.#isBroken = true
    this.#at = this.#text.length
    return undefined
  }
}

/** A bare word need not be all of what it is found in. */
function bareValue(value: FilterValue): FilterValue {
  return value.kind === 'exact' ? { ...value, kind: 'part' } : value
}

function strayMessage(char: string): string {
  if (char === ')') return 'nothing is open that this could close: drop it, or quote it'
  if (char === '|') return 'a term is missing beside |: write one, or drop it'
  if (char === ',') return 'a comma stands between values of one field: op:set,mod'
  return `${char} is not understood here: quote it to search for it`
}
