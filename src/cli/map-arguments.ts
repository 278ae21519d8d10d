import { parsePfnSpans, type PfnSpan } from '../base/pfn-spans.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { MAP_MODES, type MapMode } from '../queries/map/map-modes.ts'

/** What `pinscope map` is asked for. */
export interface MapCommand {
  readonly kind: 'map'
  readonly paths: readonly string[]
  readonly isJson: boolean
  readonly range?: PfnSpan
  readonly by?: MapMode
  readonly thresholdNs?: number
  readonly kpageStart?: number
}

type MapAsked = Omit<MapCommand, 'kind' | 'paths' | 'isJson'>

/** Reads the words behind `map`. The failure is one line that says what to do. */
export function parseMap(words: readonly string[]): Result<MapCommand, string> {
  const paths: string[] = []
  let isJson = false
  let asked: MapAsked = {}
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (word === '--') {
      paths.push(...words.slice(at + 1))
      break
    }
    const [name, inWord] = splitOption(word)
    const read = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined
    if (read !== undefined) {
      const part = read(inWord ?? words[++at] ?? '')
      if (!part.ok) return fail(`${name} needs ${part.error}`)
      asked = { ...asked, ...part.value }
    } else if (word === '--json') isJson = true
    else if (word.startsWith('-') && word !== '-') return fail(`unknown option ${word}`)
    else paths.push(word)
  }
  return paths.length === 0 ? fail('map needs a file or a folder') : ok({ kind: 'map', paths, isJson, ...asked })
}

const OPTIONS: Readonly<Record<string, (text: string) => Result<MapAsked, string>>> = {
  '--range': (text) => {
    const spans = parsePfnSpans(text)
    if (!spans.ok) return fail(`one range: ${spans.error}`)
    return spans.value.length === 1 ? ok({ range: spans.value[0] }) : fail('one range, as 0x17800-0x17c00')
  },
  '--by': (text) => {
    const by = MAP_MODES.find((mode) => mode === text)
    return by === undefined ? fail(`one of ${MAP_MODES.join(', ')}`) : ok({ by })
  },
  '--threshold-us': (text) => {
    const thresholdNs = Number(text) * 1000
    return /^\d+$/.test(text) && Number.isSafeInteger(thresholdNs)
      ? ok({ thresholdNs })
      : fail('a whole number of microseconds')
  },
  '--kpage-start': (text) => {
    const kpageStart = Number(text)
    return /^(0x[0-9a-f]+|\d+)$/i.test(text) && Number.isSafeInteger(kpageStart)
      ? ok({ kpageStart })
      : fail('a PFN, decimal or hex with 0x')
  },
}

function splitOption(word: string): readonly [name: string, value: string | undefined] {
  const at = word.indexOf('=')
  return word.startsWith('--') && at > 0 ? [word.slice(0, at), word.slice(at + 1)] : [word, undefined]
}
