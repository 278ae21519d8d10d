import { SLICE_DICTIONARY_1 } from '../../model/slice-dictionary.ts'
import { type SliceFile, type SliceMember } from '../../model/slice-file.ts'
import { oncePer } from '../../base/once-per.ts'
import { shortFileName } from '../../base/short-file-name.ts'
import { redactAddresses } from './redact-addresses.ts'
import { hostWords } from './host-words.ts'
import { mapLinkValues } from './link-values.ts'
import { Pseudonyms } from './pseudonyms.ts'
import { type RedactChoice } from './redact-choice.ts'
import { taskWords } from './task-words.ts'

/** Names that are nobody's. */
const NO_COMMS: ReadonlySet<string> = new Set(['<idle>', '<...>', ''])
const FIRST_PID = 10_000
/** A path, but not one of the kernel's own interrupts and workers (`kworker/0:1`); whatever it has where it stands in parentheses. */
const PATH = /(?<=\()\/[^()]+(?=\))|(?<![\p{L}\p{N}_.)\]])\/(?:[\p{L}\p{M}\p{N}_.+@~%-]+\/)+[\p{L}\p{M}\p{N}_.+@~%-]+/gu
/** The control group that a page is charged to, as page_owner prints it (mm/page_owner.c, print_page_owner_memcg). */
const GROUP = /^(Charged (?:\(via objcg\) )?to (?:offline )?memcg )(\S.*)$/
const NAMED_FILE = /\b(dentry name(?:\([^)]*\))?:|filename=|path=|file=)("[^"]*"|[^\s,]+)/g

/**
 * The same slice with other names for what is chosen, the same ones throughout: text, what was told, the link, names of files.
 * Times, PFNs, counts and line numbers stay. Names of tasks that are words of the formats, or of the kernel, are replaced
 * where they are names of tasks.
 */
export function redactSlice(
  slice: SliceFile,
  choice: RedactChoice,
  names: SliceNames = new SliceNames(slice, choice),
): SliceFile {
  const kinds = kindsOf(choice)
  if (kinds.length === 0) return slice
  const redact = (line: string): string => names.redact(line)
  return {
    ...slice,
    link: mapLinkValues(slice.link, redact),
    files: slice.files.map((member) => redactMember(member, names, choice)),
    redacted: [...new Set([...slice.redacted, ...kinds])],
    told: slice.told.map(redact),
    ...(slice.leftOut === undefined ? {} : { leftOut: slice.leftOut.map(redact) }),
  }
}

function kindsOf({ symbols, ...kinds }: RedactChoice): readonly string[] {
  const named = (['comms', 'pids', 'addresses', 'files', 'host'] as const).filter((kind) => kinds[kind] === true)
  return symbols.length === 0 ? named : [...named, 'symbols']
}

function redactMember(member: SliceMember, names: SliceNames, choice: RedactChoice): SliceMember {
  // Other addresses are in no order: a symbol table of them would give frames the names of others.
  if (choice.addresses && member.format === 'kallsyms')
    return { ...member, name: names.fileName(member.name), spans: [], text: '' }
  const text = member.text
    .split('\n')
    .map((line) => names.redact(line))
    .join('\n')
  return { ...member, name: names.fileName(member.name), text }
}

/** Other names for what stands in a slice, and in what goes along with it: always the same ones. */
export class SliceNames {
  readonly #choice: RedactChoice
  readonly #comms: Pseudonyms
  readonly #pids: Pseudonyms
  readonly #files: Pseudonyms
  readonly #paths: Pseudonyms
  readonly #symbols: Pseudonyms
  readonly #people: Pseudonyms
  readonly #replicas: Pseudonyms
  readonly #hosts: Pseudonyms
  readonly #addresses: (line: string) => string
  /** Names of all tasks, whether they get another one or not: what stands behind one is a pid. */
  readonly #seen = new Set<string>()
  #words: ((line: string) => string) | undefined
  #persons: ((line: string) => string) | undefined

  /** `along`: what else gets these names, so that none of them is a word of it already. */
  constructor(slice: SliceFile, choice: RedactChoice, along = '') {
    this.#choice = choice
    const all = JSON.stringify(slice) + along
    const isTaken = (name: string): boolean => all.includes(name)
    this.#comms = new Pseudonyms(isTaken, (count) => `comm-${count}`)
    this.#pids = new Pseudonyms(isTaken, (count) => String(FIRST_PID + count))
    this.#files = new Pseudonyms(isTaken, (count, name) => `file-${count}${placeInSysfs(name)}`)
    this.#paths = new Pseudonyms(isTaken, (count) => `/path-${count}`)
    this.#symbols = new Pseudonyms(isTaken, (count) => `symbol_${count}`)
    this.#people = new Pseudonyms(isTaken, (count) => `person-${count}`)
    this.#replicas = new Pseudonyms(isTaken, (count) => count.toString(16).padStart(12, '0'))
    this.#hosts = new Pseudonyms(isTaken, (count) => `host-${count}`)
    this.#addresses = choice.addresses ? redactAddresses(all) : (line) => line
    if (choice.files) for (const { name } of slice.files) this.#files.of(name)
    for (const symbol of choice.symbols) this.#symbols.of(symbol)
    // All texts once before any is written: a name may stand in what was told before its line does.
    for (const { text } of slice.files) for (const line of text.split('\n')) this.learn(line)
  }

  /** Notes the names of tasks in a line. */
  learn(line: string): void {
    if (this.#choice.host === true) for (const { start, end } of hostWords(line)) this.#hosts.of(line.slice(start, end))
    for (const { kind, start, end } of taskWords(line)) {
      const word = line.slice(start, end)
      this.#task(kind, word)
      if (kind === 'comm') this.#seen.add(word.replaceAll('"', ''))
    }
  }

  /** Notes the name of a task that no line of the slice may have. */
  learnTask(comm: string): void {
    if (NO_COMMS.has(comm)) return
    this.#seen.add(comm)
    this.#task('comm', comm)
  }

  /** Notes the name of a person. */
  learnPerson(name: string): void {
    if (this.#choice.people === true && name.trim() !== '') this.#people.of(name)
  }

  /** The id of a change, which tells by which browser it was made: what one person said elsewhere has the same one. */
  changeId(id: string): string {
    if (this.#choice.people !== true) return id
    const [replica, count] = id.split('.')
    return `${this.#replicas.of(replica)}.${count}`
  }

  comm(name: string): string {
    return this.#task('comm', name)
  }

  pid(pid: number): number {
    return Number(this.#task('pid', String(pid)))
  }

  /** The name of a person, or what stands where one may: `Ann`, `mm team`. */
  person(name: string): string {
    return this.#people.known(name) ?? this.words(name)
  }

  /** Text that people wrote, or that tells what they did: of any number of lines. */
  words(text: string): string {
    this.#persons ??= wordsReplacer(this.#people)
    const persons = this.#persons
    return text
      .split('\n')
      .map((line) => persons(this.redact(line)))
      .join('\n')
  }

  redact(line: string): string {
    this.#words ??= this.#wordsElsewhere()
    return this.#words(this.#addresses(this.#filesIn(this.#tasksIn(this.#hostIn(line)))))
  }

  fileName(name: string): string {
    return this.#choice.files ? this.#files.of(name) : this.redact(name)
  }

  /** The name of a file as answers give it: of one that the slice has no line of, too. */
  fileNameIn(name: string): string {
    return this.#files.known(name) ?? this.redact(name)
  }

  #task(kind: 'comm' | 'pid', word: string): string {
    if ((kind === 'pid' ? this.#pids : this.#comms).isName(word)) return word
    if (kind === 'pid') return this.#choice.pids && Number(word) > 0 ? this.#pids.of(word) : word
    if (!this.#choice.comms || NO_COMMS.has(word)) return word
    return word.startsWith('"') ? `"${this.#comms.of(word.slice(1, -1))}"` : this.#comms.of(word)
  }

  #tasksIn(line: string): string {
    let out = ''
    let at = 0
    for (const { kind, start, end } of taskWords(line)) {
      out += line.slice(at, start) + this.#task(kind, line.slice(start, end))
      at = end
    }
    return out + line.slice(at)
  }

  #hostIn(line: string): string {
    if (this.#choice.host !== true) return line
    let out = ''
    let at = 0
    for (const { start, end } of hostWords(line)) {
      const word = line.slice(start, end)
      out += line.slice(at, start) + (this.#hosts.isName(word) ? word : this.#hosts.of(word))
      at = end
    }
    return out + line.slice(at)
  }

  #filesIn(line: string): string {
    if (!this.#choice.files) return line
    return line
      .replaceAll(NAMED_FILE, (_, key: string, name: string) =>
        name.startsWith('"') ? `${key}"${this.#paths.of(name.slice(1, -1))}"` : `${key}${this.#paths.of(name)}`,
      )
      .replaceAll(PATH, (path) => this.#paths.of(path))
      .replace(GROUP, (_, before: string, name: string) => before + this.#paths.of(name))
  }

  /** Replaces names wherever else they stand as words: in what was told, in links, in messages. */
  #wordsElsewhere(): (line: string) => string {
    const words = new Map<string, string>([
      ...this.#comms.words().map((comm): [string, string] => [comm, this.#comms.of(comm)]),
      ...this.#files
        .words()
        .flatMap((name) => formsOf(name).map((form): [string, string] => [form, this.#files.of(name)])),
    ])
    for (const word of words.keys()) if (isWordOfFormats(word)) words.delete(word)
    for (const host of this.#hosts.words()) if (!isWordOfFormats(host)) words.set(host, this.#hosts.of(host))
    for (const symbol of this.#symbols.words()) words.set(symbol, this.#symbols.of(symbol))
    // What was told, and what people wrote, may have a name with fewer blanks in it than its lines.
    const blanked = new Map([...words].map(([word, name]) => [oneBlank(word), name]))
    const tasks = new Map([...this.#seen].map((comm) => [oneBlank(comm), this.#comms.known(comm) ?? comm]))
    const anyTask = patternOf([...this.#seen], String.raw`(?<![\w.])(`, String.raw`)-(\d+)(?![\w.]*-\d)`)
    const anyWord = patternOf([...words.keys()], String.raw`(?<![\w.])(`, String.raw`)(?!\w)`)
    return (line) => {
      const named =
        anyTask === undefined
          ? line
          : line.replaceAll(anyTask, (_, comm: string, pid: string) =>
              this.#named(tasks.get(oneBlank(comm)) ?? comm, pid),
            )
      return anyWord === undefined ? named : named.replaceAll(anyWord, (word) => blanked.get(oneBlank(word)) ?? word)
    }
  }

  /** `sh-133`, as reports name a task. */
  #named(comm: string, pid: string): string {
    return `${comm}-${this.#pids.known(pid) ?? pid}`
  }
}

/** Replaces names of people where they stand as words. */
function wordsReplacer(names: Pseudonyms): (line: string) => string {
  const words = names.words().filter((word) => !isWordOfFormats(word))
  const any = patternOf(words, String.raw`(?<![\p{L}\w.])(`, String.raw`)(?![\p{L}\w])`)
  return (line) => (any === undefined ? line : line.replaceAll(any, (word) => names.known(word) ?? word))
}

/** Words of the formats, and names of functions that all kernels have: what is called so as well cannot be told apart from them. */
export function isWordOfFormats(word: string): boolean {
  return WORDS_OF_FORMATS(SLICE_WORDS).has(word)
}

const SLICE_WORDS = { text: SLICE_DICTIONARY_1 }
const WORDS_OF_FORMATS = oncePer(({ text }: { readonly text: string }) => new Set(text.match(/\w+/g) ?? []))

/** Longer words first: one may begin with another. */
function patternOf(words: readonly string[], before: string, behind: string): RegExp | undefined {
  if (words.length === 0) return undefined
  const escaped = words
    .toSorted((one, other) => other.length - one.length)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`))
  return new RegExp(`${before}${escaped.join('|')}${behind}`, 'gu')
}

/** What a file is called: in full, as links shorten it, and by the last part of a long path, as mails do. */
function formsOf(name: string): readonly string[] {
  const last = name.length > LONG_NAME && placeInSysfs(name) === '' ? name.slice(name.lastIndexOf('/') + 1) : name
  return [...new Set([last, shortFileName(name), name])].filter((form) => form !== '')
}

const LONG_NAME = 40

function oneBlank(word: string): string {
  return word.replaceAll(/\s+/g, ' ')
}

/** Files of a CMA area are known by the end of their path, which is the kernel's. */
function placeInSysfs(name: string): string {
  return /\/(?:ranges\/\d+\/)?(?:base_pfn|count|order_per_bit|used|maxchunk|bitmap)$/.exec(name)?.[0] ?? ''
}
