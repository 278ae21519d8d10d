import { parsePfnSpans, type PfnSpan } from '../base/pfn-spans.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { MAP_MODES, type MapMode } from '../queries/map/map-modes.ts'
import { oneOf, readKpageStart, readThreshold } from './option-readers.ts'
import { type OptionReaders, readWords } from './read-words.ts'

/** What `pinscope map` is asked for. */
export interface MapCommand {
  readonly kind: 'map'
  readonly paths: readonly string[]
  readonly isJson: boolean
  readonly range?: PfnSpan
  readonly by?: MapMode
  /** Pageblocks of which there is nothing to tell but allocations in their place, too. */
  readonly isWhole: boolean
  readonly thresholdNs?: number
  readonly kpageStart?: number
}

type MapAsked = Partial<Omit<MapCommand, 'kind' | 'paths'>>

/** Reads the words behind `map`. The failure is one line that says what to do. */
export function parseMap(words: readonly string[]): Result<MapCommand, string> {
  const read = readWords<MapAsked>(words, OPTIONS, FLAGS, {})
  if (!read.ok) return read
  const { plain: paths, asked } = read.value
  if (paths.length === 0) return fail('map needs a file or a folder')
  return ok({ kind: 'map', paths, isJson: false, isWhole: false, ...asked })
}

const FLAGS: Readonly<Record<string, MapAsked>> = { '--json': { isJson: true }, '--all': { isWhole: true } }

const OPTIONS: OptionReaders<MapAsked> = {
  '--range': (text) => {
    const spans = parsePfnSpans(text)
    if (!spans.ok) return fail(`one range: ${spans.error}`)
    return spans.value.length === 1 ? ok({ range: spans.value[0] }) : fail('one range, as 0x17800-0x17c00')
  },
  '--by': oneOf(MAP_MODES, (by) => ({ by })),
  '--threshold-us': readThreshold,
  '--kpage-start': readKpageStart,
}
