/** What a text says that it is, by a word before it or by how it is printed. */
export interface SearchMeaning {
  readonly kind: 'any' | 'page' | 'address' | 'task' | 'line'
  /** What is left to look for. */
  readonly wanted: string
  /** What was made of it, in words; empty when nothing was. */
  readonly how: string
}

/** `pfn=0x17ac9` of an event, `phys:0x17ac9000`, `pid 73`, `comm=init`, `line 12`. */
const SAID = /^(pfn|phys|pa|addr|pid|comm|line)\s*[=:\s]\s*(.+)$/i

const KINDS: ReadonlyMap<string, SearchMeaning['kind']> = new Map([
  ['phys', 'address'],
  ['pa', 'address'],
  ['addr', 'address'],
  ['pid', 'task'],
  ['comm', 'task'],
  ['line', 'line'],
])

/**
 * Reads what was pasted: the word before it decides what it is; of a frame as stacks print it, `leaky_grab+0x12/0x40
 * [leaky]`, the offset goes, of a function `leaky_grab()` its brackets.
 */
export function readMeaning(text: string): SearchMeaning {
  const typed = text.trim()
  const said = SAID.exec(typed)
  if (said) return { kind: KINDS.get(said[1].toLowerCase()) ?? 'page', wanted: said[2].trim(), how: '' }
  const wanted = withoutOffset(typed)
  return wanted === undefined ? { kind: 'any', wanted: typed, how: '' } : { kind: 'any', wanted, how: `as ${wanted}` }
}

/** %pS of the kernel: `symbol+0x12/0x40 [module]`; perf leaves the size out. */
function withoutOffset(text: string): string | undefined {
  const match = /^([\w.$]+)(?:\+0x[0-9a-f]+(?:\/0x[0-9a-f]+)?|\(\))\s*(\[[\w-]+\])?$/i.exec(text)
  return match ? [match[1], match[2]].filter((part) => part !== undefined).join(' ') : undefined
}
