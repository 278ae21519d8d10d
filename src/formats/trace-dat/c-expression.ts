import { cutTokens, type Token } from './c-tokens.ts'

/** An argument of a print format. */
export type Expression =
  | { readonly kind: 'number'; readonly value: bigint }
  | { readonly kind: 'text'; readonly value: string }
  /** A name that the kernel did not replace by its number. */
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'item'; readonly name: string; readonly index: Expression }
  | { readonly kind: 'unary'; readonly sign: string; readonly of: Expression }
  | { readonly kind: 'binary'; readonly sign: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'cast'; readonly type: string; readonly of: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  /** `{ value, "name" }` of a table. */
  | { readonly kind: 'entry'; readonly value: Expression; readonly name: string }

/** A print format cut into its format string and arguments. */
export interface PrintFormat {
  readonly format: string
  readonly args: readonly Expression[]
}

/** Reads `"fmt", arg, …`; undefined for C that is not understood. */
export function parsePrintFormat(text: string): PrintFormat | undefined {
  const tokens = cutTokens(text)
  if (tokens === undefined) return undefined
  try {
    return new Parser(tokens).printFormat()
  } catch (error) {
    if (error instanceof NotUnderstood || error instanceof RangeError) return undefined // too deep is not understood either
    throw error
  }
}

class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood'
}

/** Binary operators by how tightly they bind, loosest first. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
]
const TYPE_WORD =
  /^(?:unsigned|signed|long|int|short|char|void|const|struct|union|enum|bool|_Bool|size_t|ssize_t|[us](?:8|16|32|64)|__[bl]e\d+|__[us]\d+|\w+_t)$/
const UNARY = ['-', '+', '~', '!', '*', '&']

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  printFormat(): PrintFormat {
    const format = this.#text()
    const args: Expression[] = []
    while (this.#takes(',')) args.push(this.#expression())
    if (this.#at < this.#tokens.length) throw new NotUnderstood()
    return { format, args }
  }

  #expression(): Expression {
    const test = this.#binary(0)
    if (!this.#takes('?')) return test
    const yes = this.#expression()
    this.#need(':')
    return { kind: 'choice', test, yes, no: this.#expression() }
  }

  #binary(level: number): Expression {
    if (level === LEVELS.length) return this.#unary()
    let left = this.#binary(level + 1)
    for (;;) {
      const sign = LEVELS[level].find((candidate) => this.#takes(candidate))
      if (sign === undefined) return left
      left = { kind: 'binary', sign, left, right: this.#binary(level + 1) }
    }
  }

  #unary(): Expression {
    const sign = UNARY.find((candidate) => this.#takes(candidate))
    if (sign !== undefined) return { kind: 'unary', sign, of: this.#unary() }
    const type = this.#castType()
    if (type !== undefined) return { kind: 'cast', type, of: this.#unary() }
    return this.#primary()
  }

  #primary(): Expression {
    const token = this.#tokens[this.#at]
    if (token?.kind === 'text') return { kind: 'text', value: this.#text() }
    this.#at++
    if (token?.kind === 'number') return { kind: 'number', value: token.value }
    if (token?.kind === 'word') return token.value === 'REC' ? this.#field() : this.#named(token.value)
    if (token?.value === '(') {
      const inner = this.#expression()
      this.#need(')')
      return inner
    }
    if (token?.value === '{') return this.#entry()
    throw new NotUnderstood()
  }

  #field(): Expression {
    this.#need('->')
    const name = this.#word()
    if (!this.#takes('[')) return { kind: 'field', name }
    const index = this.#expression()
    this.#need(']')
    return { kind: 'item', name, index }
  }

  #named(name: string): Expression {
    if (!this.#takes('(')) return { kind: 'word', value: name }
    const args: Expression[] = []
    while (!this.#takes(')')) {
      args.push(this.#expression())
      this.#takes(',')
    }
    return { kind: 'call', name, args }
  }

  #entry(): Expression {
    const value = this.#expression()
    this.#need(',')
    const name = this.#text()
    this.#need('}')
    return { kind: 'entry', value, name }
  }

  /** `(unsigned long)` before a value; undefined when the parenthesis holds something else. */
  #castType(): string | undefined {
    if (!this.#isSign(this.#at, '(')) return undefined
    const words: string[] = []
    let at = this.#at + 1
    for (let next = this.#tokens[at]; next?.kind === 'word'; next = this.#tokens[++at]) words.push(next.value)
    if (words.length === 0 || (words.length === 1 && !TYPE_WORD.test(words[0]))) return undefined
    for (; this.#isSign(at, '*'); at++) words.push('*')
    if (!this.#isSign(at, ')')) return undefined
    this.#at = at + 1
    return words.join(' ')
  }

  /** Neighbouring strings are one. */
  #text(): string {
    let text: string | undefined
    for (let token = this.#tokens[this.#at]; token?.kind === 'text'; token = this.#tokens[++this.#at]) {
      text = (text ?? '') + token.value
    }
    if (text === undefined) throw new NotUnderstood()
    return text
  }

  #word(): string {
    const token = this.#tokens[this.#at++]
    if (token?.kind !== 'word') throw new NotUnderstood()
    return token.value
  }

  #isSign(at: number, sign: string): boolean {
    const token = this.#tokens[at]
    return token?.kind === 'sign' && token.value === sign
  }

  #takes(sign: string): boolean {
    if (!this.#isSign(this.#at, sign)) return false
    this.#at++
    return true
  }

  #need(sign: string): void {
    if (!this.#takes(sign)) throw new NotUnderstood()
  }
}
