import { plainName } from '../archives/member.ts'
import { type SliceMember, type SliceNote } from '../../model/slice-file.ts'
import { type Source } from '../source.ts'

/** A frame of a stack, which is of the record of the line before it. */
const FRAME_OF_RECORD = /^\s*=> /

/** One file of a slice as a source: the lines that are there, which know their numbers in the whole file. */
export function memberSource(slice: SliceNote, member: SliceMember): Source {
  const { numbers, damage } = numberLines(member)
  const bytes = new Blob(member.text === '' ? [] : [`${member.text}\n`])
  return {
    name: plainName(member.name),
    sizeBytes: bytes.size,
    stream: () => bytes.stream(),
    slice: (from, to) => bytes.slice(from, to).stream(),
    damage: () => damage,
    excerpt: {
      slice,
      total: member.lines,
      lines: numbers,
      sizeBytes: member.sizeBytes,
      sha256: member.sha256,
      unit: member.unit,
      format: member.format ?? '',
    },
  }
}

/** The number in the whole file of each line of the text. Where spans and text do not agree, what both have counts. */
function numberLines({ text, spans, unit, lines: total }: SliceMember): { numbers: Float64Array; damage: string } {
  const lines = text === '' ? [] : text.split('\n')
  const numbers = new Float64Array(lines.length)
  const next = numbersOf(spans)
  let last = 0
  let isShort = false
  for (const [at, line] of lines.entries()) {
    const isSame = unit === 'record' && at > 0 && FRAME_OF_RECORD.test(line)
    const step = isSame ? undefined : next.next()
    if (step?.done === true) isShort = true
    last = step === undefined ? last : step.done === true ? last + 1 : step.value
    numbers[at] = last
  }
  const isLong = next.next().done !== true
  if (!isShort && !isLong && last <= total) return { numbers, damage: '' }
  return {
    numbers,
    damage: 'damaged slice: its lines and their numbers do not agree, so that the numbers may be wrong',
  }
}

function* numbersOf(spans: SliceMember['spans']): Generator<number, undefined> {
  for (const [first, last] of spans) for (let number = first; number <= last; number++) yield number
  return undefined
}
