import { fail, ok, type Result } from '../base/result.ts'

/** What the value of an option adds to what was asked before it; the error says what the option needs: `one rule file`. */
export type ReadOption<Asked> = (text: string, before: Asked) => Result<Asked, string>

/** Options with a value by their names: `--top 5` or `--top=5`. */
export type OptionReaders<Asked> = Readonly<Record<string, ReadOption<Asked>>>

/**
 * Reads the words behind a command: files and folders are left plain, options add to `asked`. `flags` are options
 * without a value. The failure is one line that says what to do.
 */
export function readWords<Asked extends object>(
  words: readonly string[],
  options: OptionReaders<Asked>,
  flags: Readonly<Record<string, Asked>>,
  nothing: Asked,
): Result<{ readonly plain: readonly string[]; readonly asked: Asked }, string> {
  const plain: string[] = []
  let asked = nothing
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (word === '--') {
      plain.push(...words.slice(at + 1))
      break
    }
    const [name, inWord] = splitOption(word)
    const read = readerOf(options, name)
    if (read !== undefined) {
      const part = read(inWord ?? words[++at] ?? '', asked)
      if (!part.ok) return fail(`${name} needs ${part.error}`)
      asked = { ...asked, ...part.value }
    } else if (Object.hasOwn(flags, word)) asked = { ...asked, ...flags[word] }
    else if (isUnknownOption(word)) return fail(`unknown option ${word}`)
    else plain.push(word)
  }
  return ok({ plain, asked })
}

/** `--top=5` as its name and its value; any other word whole. */
export function splitOption(word: string): readonly [name: string, inWord: string | undefined] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
}

/** The reader of an option; a file may be called `constructor`, and is none. */
export function readerOf<Asked>(options: OptionReaders<Asked>, name: string): ReadOption<Asked> | undefined {
  return Object.hasOwn(options, name) ? options[name] : undefined
}

/** Whether a word that no command knows was meant as an option; `-` alone is standard input. */
export function isUnknownOption(word: string): boolean {
  return word.startsWith('-') && word !== '-'
}
