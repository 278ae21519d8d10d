/** Gives each word another name, always the same, none of which is a word of the text already. */
export class Pseudonyms {
  readonly #given = new Map<string, string>()
  readonly #names = new Set<string>()
  readonly #isTaken: (name: string) => boolean
  readonly #nameOf: (count: number, word: string) => string
  #count = 0

  constructor(isTaken: (name: string) => boolean, nameOf: (count: number, word: string) => string) {
    this.#isTaken = isTaken
    this.#nameOf = nameOf
  }

  get size(): number {
    return this.#given.size
  }

  /** Words that have another name, in order of first sight. */
  words(): readonly string[] {
    return [...this.#given.keys()]
  }

  /** True of a name that was given: it is no word to be given another one. */
  isName(name: string): boolean {
    return this.#names.has(name)
  }

  known(word: string): string | undefined {
    return this.#given.get(word)
  }

  of(word: string): string {
    const known = this.#given.get(word)
    if (known !== undefined) return known
    let name: string
    do name = this.#nameOf(++this.#count, word)
    while (this.#isTaken(name))
    this.#given.set(word, name)
    this.#names.add(name)
    return name
  }
}
