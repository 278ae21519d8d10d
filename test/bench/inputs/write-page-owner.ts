import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { seededRandom } from '../../../src/cli/eval/seeded-random.ts'
import { type InputFacts } from './input-store.ts'
import { TextFile } from './text-file.ts'

/** Records of a real machine, and all the stacks that its page_owner had counted. */
const RECORDS = 'healthy/page_owner.txt.gz'
const STACKS = 'longterm-driver/page_owner_stacks.txt.gz'
/** Records in a row that share a stack: pages of one file, of one buffer. */
const LONGEST_ROW = 64

/** A record cut where its numbers stand. */
interface RecordShape {
  readonly before: string
  /** Between time and PFN. */
  readonly middle: string
  /** Behind the PFN, to the end of its line. */
  readonly after: string
}

/** Lines of a stack with the empty one behind it. */
interface StackShape {
  readonly text: string
  readonly lines: number
}

/**
 * Writes a page_owner dump (mm/page_owner.c print_page_owner()) of ascending PFNs: the records and the stacks of a real
 * machine, in rows of some that share one.
 */
export function writePageOwner(
  path: string,
  { bytes, seed }: { readonly bytes: number; readonly seed: number },
): InputFacts {
  const shapes = readRecords()
  const stacks = readStacks()
  const random = seededRandom(seed)
  const file = new TextFile(path)
  let records = 0
  let timeNs = 1_000_000_000
  while (file.bytes < bytes) {
    const shape = shapes[Math.floor(random() * shapes.length)]
    const stack = stacks[Math.floor(random() * stacks.length)]
    const row = 1 + Math.floor(random() * LONGEST_ROW)
    for (let left = row; left > 0 && file.bytes < bytes; left--) {
      timeNs += 1000 + Math.floor(random() * 50_000)
      const pfn = (0x200 + records).toString(16)
      file.add(`${shape.before}${timeNs}${shape.middle}${pfn}${shape.after}\n${stack.text}`, 2 + stack.lines)
      records++
    }
  }
  file.close()
  return { lines: file.lines, events: 0, records }
}

function readRecords(): readonly RecordShape[] {
  return readFixture(RECORDS)
    .split('\n\n')
    .flatMap((record) => shapeOf(record) ?? [])
}

function readStacks(): readonly StackShape[] {
  const blocks = readFixture(STACKS).trimEnd().split('\n\n')
  return blocks.map((block) => {
    const frames = block.split('\n').filter((line) => line.startsWith(' '))
    return { text: `${frames.join('\n')}\n\n`, lines: frames.length + 1 }
  })
}

function readFixture(name: string): string {
  const path = fileURLToPath(new URL(`../../fixtures/captures/${name}`, import.meta.url))
  return gunzipSync(readFileSync(path)).toString('latin1')
}

function shapeOf(record: string): RecordShape | undefined {
  const match = /^(Page allocated via order .* ts )\d+( ns.*\nPFN 0x)[0-9a-f]+( .*)$/m.exec(record)
  return match === null ? undefined : { before: match[1], middle: match[2], after: match[3] }
}
