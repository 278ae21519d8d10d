import { fail, ok, type Result } from '../base/result.ts'
import { readLines } from '../formats/raw-lines.ts'
import { type Source } from '../formats/source.ts'
import { type SourceFile } from '../model/source-file.ts'

const MOST_TEXTS = 50_000
const NEIGHBOURHOOD = 500

/**
 * Raw text of lines of one file; what was read before is not read again. A packed file has to be unpacked up to the
 * line, and of a binary one the symbols are read first, so the first reading takes along every line that is going to be
 * asked for (`likely`, ascending).
 */
export class LineTexts {
  readonly #source: Source
  readonly #file: SourceFile
  readonly #likely: () => readonly number[]
  readonly #texts = new Map<number, string>()
  #firstReading: Promise<string | undefined> | undefined

  constructor(source: Source, file: SourceFile, likely: () => readonly number[]) {
    this.#source = source
    this.#file = file
    this.#likely = likely
  }

  /** True when each reading begins far before the line: an unpacking, or the head of a binary file. */
  get #isSlow(): boolean {
    return this.#file.isCompressed || this.#file.unit === 'record'
  }

  /** Texts of lines, 1-based and ascending; those that the file does not have are absent. Fails, in words, when it changed. */
  async read(lines: readonly number[]): Promise<Result<ReadonlyMap<number, string>, string>> {
    if (this.#isSlow) {
      this.#firstReading ??= this.#add(merged(lines, this.#likely()))
      await this.#firstReading
    }
    const problem = await this.#add(lines.filter((line) => !this.#texts.has(line)))
    if (problem !== undefined) return fail(problem)
    return ok(new Map(lines.flatMap((line) => pairOf(line, this.#texts.get(line)))))
  }

  /** Texts of the lines `first` to `last`. Of a packed file the neighbourhood is read along: it is where one looks next. */
  async readWindow(first: number, last: number): Promise<Result<ReadonlyMap<number, string>, string>> {
    const wanted = linesBetween(first, last)
    if (this.#isSlow && wanted.some((line) => !this.#texts.has(line))) {
      const { total } = this.#file.ledger
      const near = linesBetween(Math.max(1, first - NEIGHBOURHOOD), Math.min(total, last + NEIGHBOURHOOD))
      const problem = await this.#add(near)
      if (problem !== undefined) return fail(problem)
    }
    return this.read(wanted)
  }

  async #add(lines: readonly number[]): Promise<string | undefined> {
    if (lines.length === 0) return undefined
    if (this.#texts.size > MOST_TEXTS) this.#texts.clear()
    const found = await readLines(this.#source, this.#file, lines)
    if (!found.ok) return found.error
    for (const [line, text] of found.value) this.#texts.set(line, text)
    return undefined
  }
}

function linesBetween(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
}

function pairOf(line: number, text: string | undefined): readonly (readonly [number, string])[] {
  return text === undefined ? [] : [[line, text]]
}

function merged(a: readonly number[], b: readonly number[]): readonly number[] {
  return [...new Set([...a, ...b])].sort((one, other) => one - other)
}
