import { readLines } from '../formats/raw-lines.ts'
import { type Source } from '../formats/source.ts'
import { type SourceFile } from '../model/source-file.ts'

const MOST_TEXTS = 50_000

/**
 * Raw text of lines of one file; what was read before is not read again. A packed file has to be unpacked up to the
 * line, so the first reading takes along every line that is going to be asked for (`likely`, ascending).
 */
export class LineTexts {
  readonly #source: Source
  readonly #file: SourceFile
  readonly #likely: () => readonly number[]
  readonly #texts = new Map<number, string>()
  #firstReading: Promise<void> | undefined

  constructor(source: Source, file: SourceFile, likely: () => readonly number[]) {
    this.#source = source
    this.#file = file
    this.#likely = likely
  }

  /** Texts of lines, 1-based and ascending. A file that can no longer be read says so in place of each text. */
  async read(lines: readonly number[]): Promise<ReadonlyMap<number, string>> {
    if (this.#file.isCompressed) {
      this.#firstReading ??= this.#add(merged(lines, this.#likely()))
      await this.#firstReading
    }
    await this.#add(lines.filter((line) => !this.#texts.has(line)))
    return new Map(lines.map((line) => [line, this.#texts.get(line) ?? '']))
  }

  async #add(lines: readonly number[]): Promise<void> {
    if (lines.length === 0) return
    if (this.#texts.size > MOST_TEXTS) this.#texts.clear()
    const found = await readLines(this.#source, this.#file, lines)
    for (const line of lines) this.#texts.set(line, found.ok ? (found.value.get(line) ?? '') : `(${found.error})`)
  }
}

function merged(a: readonly number[], b: readonly number[]): readonly number[] {
  return [...new Set([...a, ...b])].sort((one, other) => one - other)
}
