import { SPACE } from '../../base/ascii.ts'
import { type LineId, NONE, type StackId, type StringId } from '../../model/ids.ts'
import { PFN_LIMIT } from '../../model/kernel-limits.ts'
import { MAX_ORDER, type OwnerRecord } from '../../model/owner-table.ts'
import { type StringInterner } from '../../model/string-table.ts'
import { type ByteCursor } from '../byte-cursor.ts'

const NO_STRING = NONE as StringId

/** How line 1 begins, in every kernel since 3.19 (mm/page_owner.c print_page_owner). */
export const LINE_ONE = 'Page allocated via order '

/** A record as it is read: with the number of its pageblock. */
export interface ReadRecord extends OwnerRecord {
  block: number
}

/** A record that says nothing yet. */
export function newRecord(): ReadRecord {
  return {
    pfn: 0,
    order: 0,
    gfp: NO_STRING,
    pid: NONE,
    tgid: NONE,
    comm: NO_STRING,
    ts: NONE,
    freeTs: NONE,
    pageType: NO_STRING,
    blockType: NO_STRING,
    flags: NO_STRING,
    migrateReason: NO_STRING,
    stack: NONE as StackId,
    handle: NONE,
    line: 0 as LineId,
    block: NONE,
  }
}

/** What `readLineOne` came to: a comm may hold a newline, and then goes on in the next line of the file. */
export const UNREADABLE = 0
const READ = 1
export const OPEN = 2

/** Ends a comm: what follows it in line 1 of all kernels that print one. */
export const COMM_END = '), ts '

/**
 * Reads line 1 into a record, all of whose other fields become absent. `OPEN` when its comm has no end.
 *
 *     Page allocated via order 0, mask 0x201da
 *     Page allocated via order 0, mask 0x14200ca(GFP_HIGHUSER_MOVABLE), pid 77, ts 26935284538 ns, free_ts 0 ns
 *     Page allocated via order 0, mask 0x140cca(GFP_…|__GFP_COMP), pid 77, tgid 77 (poread), ts 26935284538 ns
 */
export function readLineOne(line: ByteCursor, strings: StringInterner, into: OwnerRecord): number {
  if (!line.take(LINE_ONE)) return UNREADABLE
  const order = line.takeInteger()
  if (!(order >= 0 && order <= MAX_ORDER) || !line.take(', mask 0x')) return UNREADABLE
  Object.assign(into, BLANK_RECORD)
  into.order = order
  const gfpStart = line.at - 2
  const comma = line.find(', ')
  const gfpEnd = comma < 0 ? line.end : comma
  into.gfp = strings.internBytes(line.bytes, gfpStart, gfpEnd)
  line.at = gfpEnd
  return readAllocator(line, strings, into)
}

const BLANK_RECORD: Readonly<ReadRecord> = newRecord()

function readAllocator(line: ByteCursor, strings: StringInterner, into: OwnerRecord): number {
  if (line.take(', pid ')) into.pid = line.takeInteger()
  if (line.take(', tgid ')) into.tgid = line.takeInteger()
  const isOpen = line.take(' (') && !takeComm(line, strings, into)
  if (line.take(', ts ')) into.ts = line.takeInteger()
  line.take(' ns')
  if (line.take(', free_ts ')) into.freeTs = line.takeInteger()
  if (Number.isNaN(into.pid + into.tgid + into.ts + into.freeTs)) return UNREADABLE
  return isOpen ? OPEN : READ
}

/** A comm is free text, parentheses and commas included: it ends at the last `), ts `. False when the line has none. */
function takeComm(line: ByteCursor, strings: StringInterner, into: OwnerRecord): boolean {
  const stamped = line.findLast(COMM_END)
  const close = stamped >= 0 ? stamped : line.findLast(')')
  if (close < 0) return false
  into.comm = strings.internBytes(line.bytes, line.at, close)
  line.at = close + 1
  return stamped >= 0
}

/**
 * Reads the PFN line into a record. False when it cannot be read. The PFN is decimal up to 6.6, hex with 0x after;
 * the block number is always decimal. Before 4.6 the one type is a number and the block's, the flags are letters.
 *
 *     PFN 0x1f481 type Movable Block 250 type CMA Flags 0x20808(uptodate|owner_2|swapbacked|node=0|zone=0)
 *     PFN 128129 Block 250 type 2          Flags   RU L
 */
export function readPfnLine(line: ByteCursor, strings: StringInterner, into: ReadRecord): boolean {
  if (!line.take('PFN ')) return false
  line.skipBlanks()
  const pfn = line.takeNumber()
  line.skipBlanks()
  const pageType = line.take('type ') ? takeWord(line, strings) : NO_STRING
  line.skipBlanks()
  if (!line.take('Block ')) return false // a line cut within the number would name another page
  into.block = line.takeInteger()
  if (!(pfn >= 0 && pfn < PFN_LIMIT) || Number.isNaN(into.block)) return false
  into.pfn = pfn
  into.pageType = pageType
  line.skipBlanks()
  into.blockType = line.take('type ') ? takeWord(line, strings) : NO_STRING
  const flags = line.find('Flags')
  if (flags < 0) return false // so would one that is cut within the number of the block
  line.at = flags + 'Flags'.length
  into.flags = takeRest(line, strings)
  return true
}

/** Takes what is left of the line, blanks at both ends cut; NONE when nothing is left. */
export function takeRest(line: ByteCursor, strings: StringInterner): StringId {
  line.skipBlanks()
  let end = line.end
  while (end > line.at && line.bytes[end - 1] === SPACE) end--
  return end === line.at ? NO_STRING : strings.internBytes(line.bytes, line.at, end)
}

function takeWord(line: ByteCursor, strings: StringInterner): StringId {
  const start = line.at
  while (line.at < line.end && line.bytes[line.at] !== SPACE) line.at++
  return line.at === start ? NO_STRING : strings.internBytes(line.bytes, start, line.at)
}
