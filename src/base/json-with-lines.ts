import { fail, ok, type Result } from './result.ts'

/** JSON with the lines that its values stand on, so that a complaint can say where. */
export interface JsonWithLines {
  readonly value: unknown
  /** 1-based line on which the value at a path begins; that of the nearest value around it when there is none. */
  readonly lineOf: (path: readonly (string | number)[]) => number
}

/** Words and the 1-based line that they are about. */
export interface LineProblem {
  readonly message: string
  readonly line: number
}

/** Reads JSON (RFC 8259). Browsers word and place their complaints differently; these are the same everywhere. */
export function parseJsonWithLines(text: string): Result<JsonWithLines, LineProblem> {
  const reader = new Reader(text)
  try {
    const value = reader.readWhole()
    return ok({ value, lineOf: (path) => reader.lineOf(path) })
  } catch (error) {
    if (error instanceof Complaint) return fail({ message: error.message, line: reader.lineAt(error.at) })
    throw error
  }
}

class Complaint extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const DEEPEST = 64

/** A recursive descent: a value, its members, and where each began. */
class Reader {
  readonly #text: string
  readonly #starts = new Map<string, number>()
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  readWhole(): unknown {
    const value = this.#value([])
    this.#skipSpace()
    if (this.#at < this.#text.length) throw this.#complaint('nothing may follow the value')
    return value
  }

  lineAt(at: number): number {
    return this.#text.slice(0, at).split('\n').length
  }

  lineOf(path: readonly (string | number)[]): number {
    const at = this.#starts.get(keyOf(path))
    return at === undefined && path.length > 0 ? this.lineOf(path.slice(0, -1)) : this.lineAt(at ?? 0)
  }

  #value(path: readonly (string | number)[]): unknown {
    this.#skipSpace()
    if (path.length > DEEPEST) throw this.#complaint('too deeply nested')
    this.#starts.set(keyOf(path), this.#at)
    const first = this.#text[this.#at]
    if (first === '{') return this.#object(path)
    if (first === '[') return this.#array(path)
    if (first === '"') return this.#string()
    const word = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/.exec(
      this.#text.slice(this.#at, this.#at + 64),
    )
    if (word === null)
      throw this.#complaint(first === undefined ? 'the text ends too early' : 'a value is expected here')
    this.#at += word[0].length
    return JSON.parse(word[0])
  }

  #object(path: readonly (string | number)[]): Record<string, unknown> {
    const entries = new Map<string, unknown>()
    this.#members('}', () => {
      if (this.#text[this.#at] !== '"') throw this.#complaint('a name in double quotes is expected here')
      const name = this.#string()
      if (entries.has(name)) throw this.#complaint(`"${name}" is said twice`)
      this.#expect(':')
      entries.set(name, this.#value([...path, name]))
    })
    return Object.fromEntries(entries)
  }

  #array(path: readonly (string | number)[]): unknown[] {
    const items: unknown[] = []
    this.#members(']', () => items.push(this.#value([...path, items.length])))
    return items
  }

  #members(end: string, readOne: () => void): void {
    this.#at++
    this.#skipSpace()
    if (this.#text[this.#at] === end) {
      this.#at++
      return
    }
    for (;;) {
      this.#skipSpace()
      readOne()
      this.#skipSpace()
      const next = this.#text[this.#at]
      if (next !== ',' && next !== end) throw this.#complaint(`a comma or ${end} is expected here`)
      this.#at++
      if (next === end) return
    }
  }

  #string(): string {
    const found = /^"(?:[^"\\\n]|\\.)*"/.exec(this.#text.slice(this.#at))
    if (found === null) throw this.#complaint('this text does not end on its line')
    try {
      const value: unknown = JSON.parse(found[0])
      this.#at += found[0].length
      return String(value)
    } catch {
      throw this.#complaint('a text holds no tab or control character, and a backslash is written \\\\')
    }
  }

  #expect(sign: string): void {
    this.#skipSpace()
    if (this.#text[this.#at] !== sign) throw this.#complaint(`${sign} is expected here`)
    this.#at++
  }

  #skipSpace(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? 'x')) this.#at++
  }

  #complaint(message: string): Complaint {
    return new Complaint(message, this.#at)
  }
}

function keyOf(path: readonly (string | number)[]): string {
  return JSON.stringify(path)
}
