import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { seededRandom } from '../support/seeded-random.ts'

const EXAMPLE = fileURLToPath(new URL('../../public/example/trace.gzip', import.meta.url))
const WRITE_BYTES = 8 << 20
/** Pages of each copy of the example lie this far behind those of the copy before; it wraps within 16 GiB. */
const PFN_STEP = 0x2000
const PFN_LIMIT = 0x400000

/** What was written. */
export interface GeneratedTrace {
  readonly bytes: number
  readonly lines: number
  /** Events, their `<stack trace>` entries not counted. */
  readonly events: number
}

/** An entry of the example cut where numbers change: `before` TIME `middle` PFN `after`, with its frames in `after`. */
interface Template {
  readonly before: string
  readonly middle: string
  readonly pfn: number
  readonly after: string
  readonly lines: number
  readonly isEvent: boolean
}

/**
 * Writes ftrace text with stacks of at least `bytes`: the bundled example over and over, each time later and on other
 * pages, with a random gap between entries. Shapes, stacks and their mix are those of a real kernel; the same seed
 * gives the same bytes.
 */
export function generateTrace(path: string, bytes: number, seed = 1): GeneratedTrace {
  const { header, templates } = readExample()
  const random = seededRandom(seed)
  const file = openSync(path, 'w')
  const written = { bytes: 0, lines: header.length, events: 0 }
  let part: string[] = [`${header.join('\n')}\n`]
  let partBytes = part[0].length
  let timeUs = 1_000_000
  const flush = (): void => {
    written.bytes += writeSync(file, part.join(''))
    part = []
    partBytes = 0
  }
  for (let copy = 0; written.bytes + partBytes < bytes; copy++) {
    const shift = (copy * PFN_STEP) % PFN_LIMIT
    for (const template of templates) {
      if (template.isEvent && written.bytes + partBytes >= bytes) break
      timeUs += 1 + Math.floor(random() * 6)
      const text = entryText(template, timeUs, shift)
      part.push(text)
      partBytes += text.length
      written.lines += template.lines
      if (template.isEvent) written.events++
      if (partBytes >= WRITE_BYTES) flush()
    }
  }
  flush()
  closeSync(file)
  return written
}

function entryText(template: Template, timeUs: number, shift: number): string {
  const time = `${Math.floor(timeUs / 1e6)}.${String(timeUs % 1e6).padStart(6, '0')}`
  const pfn = template.pfn < 0 ? '' : `0x${(template.pfn + shift).toString(16)}`
  return `${template.before}${time}${template.middle}${pfn}${template.after}`
}

function readExample(): { readonly header: readonly string[]; readonly templates: readonly Template[] } {
  const lines = gunzipSync(readFileSync(EXAMPLE)).toString('utf8').trimEnd().split('\n')
  const header = lines.filter((line) => line.startsWith('#') && !line.startsWith('##'))
  const entries: string[][] = []
  for (const line of lines.filter((other) => !other.startsWith('#'))) {
    if (line.startsWith(' => ')) entries.at(-1)?.push(line)
    else entries.push([line])
  }
  return { header, templates: entries.flatMap((entry) => templateOf(entry) ?? []) }
}

function templateOf(entry: readonly string[]): Template | undefined {
  const match = /^(.*?\] \S+ +)\d+\.\d{6}(: .*?)(?:pfn=0x([0-9a-f]+)(.*))?$/.exec(entry[0])
  if (!match) return undefined
  const [, before, rest, pfn, after = ''] = match
  return {
    before,
    middle: pfn === undefined ? rest : `${rest}pfn=`,
    pfn: pfn === undefined ? -1 : Number.parseInt(pfn, 16),
    after: `${[after, ...entry.slice(1)].join('\n')}\n`,
    lines: entry.length,
    isEvent: !rest.includes('<stack trace>'),
  }
}
