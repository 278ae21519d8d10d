import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

/** What a generator knows of the file that it wrote, for checking what is read of it. */
export interface InputFacts {
  readonly lines: number
  /** Events, their `<stack trace>` entries not counted; 0 where the file has records. */
  readonly events: number
  /** page_owner records. */
  readonly records?: number
  /** Failed ranges that the file tells of. */
  readonly failures?: number
  /** Pages to look up, spread over the file. */
  readonly pfns?: readonly number[]
}

/** A file to measure with. Without facts for one that was given: peers count it. */
export interface BenchInput {
  readonly path: string
  readonly bytes: number
  readonly facts?: InputFacts
}

/** Part of the name of each generated file: files of other generators are not taken for those of this one. */
const GENERATION = 3

/** Generated files in one folder: removed at the end unless they are kept. */
export class InputStore {
  readonly #folder: string
  readonly #isKept: boolean
  readonly #say: (line: string) => void

  constructor(folder: string | undefined, isKept: boolean, say: (line: string) => void) {
    if (folder !== undefined) mkdirSync(folder, { recursive: true })
    this.#folder = folder ?? mkdtempSync(join(tmpdir(), 'pinscope-bench-'))
    this.#isKept = isKept
    this.#say = say
  }

  /** The file by that name; `write` makes it when it is not there yet. The name tells all that its bytes depend on. */
  generated(name: string, write: (path: string) => InputFacts): BenchInput {
    const path = join(this.#folder, `g${GENERATION}-${name}`)
    const factsPath = `${path}.json`
    if (!existsSync(factsPath) || !existsSync(path)) {
      const facts = write(`${path}.part`)
      renameSync(`${path}.part`, path)
      writeFileSync(factsPath, JSON.stringify(facts))
      this.#say(`generated ${basename(path)}: ${megabytes(statSync(path).size)}`)
    }
    const facts: InputFacts = JSON.parse(readFileSync(factsPath, 'utf8'))
    return { path, bytes: statSync(path).size, facts }
  }

  /** The text of a given file, unpacked when its name ends in .gz. */
  async unpacked(given: string): Promise<BenchInput> {
    if (!given.endsWith('.gz')) return { path: given, bytes: statSync(given).size }
    const path = join(this.#folder, basename(given).slice(0, -'.gz'.length))
    if (!existsSync(path)) {
      await pipeline(createReadStream(given), createGunzip(), createWriteStream(`${path}.part`))
      renameSync(`${path}.part`, path)
      this.#say(`unpacked ${basename(given)}: ${megabytes(statSync(path).size)}`)
    }
    return { path, bytes: statSync(path).size }
  }

  /** A generated file packed as `gzip` does. */
  async packed(input: BenchInput): Promise<BenchInput> {
    const path = `${input.path}.gz`
    if (!existsSync(path)) {
      await pipeline(createReadStream(input.path), createGzip(), createWriteStream(`${path}.part`))
      renameSync(`${path}.part`, path)
      this.#say(`packed ${basename(input.path)}: ${megabytes(statSync(path).size)}`)
    }
    return { ...input, path, bytes: statSync(path).size }
  }

  /** A place for what a peer writes. */
  scratch(name: string): string {
    return join(this.#folder, name)
  }

  /** Removes what was made, unless it is kept. */
  end(): void {
    if (this.#isKept) this.#say(`inputs are kept in ${this.#folder}`)
    else rmSync(this.#folder, { recursive: true, force: true })
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
