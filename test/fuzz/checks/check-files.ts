import { encodingOf } from '../../../src/formats/encoding.ts'
import { type SourceFile } from '../../../src/model/source-file.ts'
import { type FuzzFile } from '../fuzz-case.ts'
import { expectKept } from './broken.ts'

const LF = 10
const PACKED: readonly (readonly number[])[] = [
  [0x1f, 0x8b],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x50, 0x4b],
]

/** Every line of every file is counted once: as parsed, skipped or rejected. */
export function checkLedgers(files: readonly SourceFile[], given: readonly FuzzFile[]): void {
  for (const file of files) {
    const { total, parsed, skipped, rejected } = file.ledger
    const counts = [total, parsed, skipped, rejected, file.records, file.textBytes, file.sizeBytes, file.firstLine]
    const told = (): string => `${file.name} (${file.format}): ${JSON.stringify(file.ledger)}`
    expectKept(
      counts.every((count) => Number.isSafeInteger(count) && count >= 0),
      'ledger',
      told,
    )
    expectKept(parsed + skipped + rejected === total, 'ledger', told)
    expectKept(sum(file.skippedBy.values()) === skipped, 'ledger', told)
    expectKept(sum(file.problems.map(({ count }) => count)) === rejected, 'ledger', told)
    for (const { samples } of file.problems)
      expectKept(
        samples.every(({ line }) => line >= 1 && (file.excerpt !== undefined || line <= total)),
        'refused line',
        told,
      )
    checkLines(file, given)
  }
}

/** The lines of a file, counted here once more. */
function checkLines(file: SourceFile, given: readonly FuzzFile[]): void {
  const named = given.filter(({ name }) => name === file.name)
  const isTwice = file.notices.some((notice) => notice.includes('read once'))
  if (named.length !== 1 || file.unit !== 'line' || file.excerpt !== undefined || isTwice) return
  if (file.format === 'unknown' && named[0].bytes.subarray(0, 1 << 16).includes(0)) return // of no known kind, and no text
  const lines = linesOf(named[0].bytes)
  if (lines === undefined) return
  expectKept(lines === file.ledger.total, 'lines', () => {
    return `${file.name} (${file.format}) has ${lines} lines: ${JSON.stringify(file.ledger)} ${file.notices.join()}`
  })
}

/** Undefined of what is packed. */
function linesOf(bytes: Uint8Array<ArrayBuffer>): number | undefined {
  if (PACKED.some((mark) => mark.every((byte, at) => bytes[at] === byte))) return undefined
  const encoding = encodingOf(bytes.subarray(0, 1 << 16))
  const isWide = encoding === 'utf-16le' || encoding === 'utf-16be'
  // Of a text in UTF-16 the decoder takes the mark; one more, which then stands first, is no line either.
  const read = isWide ? new TextEncoder().encode(new TextDecoder(encoding).decode(bytes)) : bytes
  const text = read.subarray(read[0] === 0xef && read[1] === 0xbb && read[2] === 0xbf ? 3 : 0)
  let lines = 0
  for (const byte of text) if (byte === LF) lines++
  return text.length > 0 && text[text.length - 1] !== LF ? lines + 1 : lines
}

function sum(counts: Iterable<number>): number {
  let all = 0
  for (const count of counts) all += count
  return all
}
