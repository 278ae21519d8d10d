import { NONE, type StringId } from '../../model/ids.ts'
import { type StackTotal } from '../../model/stack-totals-table.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { byLine, type LineReader } from '../by-line.ts'
import { type Chunk, type TraceFormat } from '../format.ts'
import { type ProblemLog } from '../problem-log.ts'
import { frameIn, newTotal, PrintedStack } from './printed-stack.ts'

/**
 * `12 times:` up to 5.15, `12 times, 12 pages:`, from 5.18 `12 times, 12 pages, allocated by SLAB :`, with --cull
 * `12 times, 12 pages, PID 77, TGID 77, task_comm_name: poread, allocated by OTHERS :` (tools/mm/page_owner_sort.c).
 */
const GROUP = /^(\d+) times(?:, (\d+) pages)?(.*?)\s*:?\s*$/
const GROUP_START = /^\d+ times(:|, \d+ pages)/
const ORDER = /^Page allocated via order (\d+), mask 0x/
/** Who allocated, in a record's first line. 6.7 and later leave the number of `ts` out. A comm may hold anything. */
const TASK = /, pid (-?\d+)(?:, tgid (-?\d+))?(?: \((.*)\))?, ts .*$/
/** Lines of a record that stand between the group's header and the stack, or behind it. */
const RECORD = /^(Page allocated via |PFN |Page has been migrated|Slab cache page|Charged |handle: )/

/** Groups of page_owner_sort: how often and how many pages a stack, a task or a kind of allocation has. */
export const pageOwnerSort: TraceFormat = {
  id: 'page_owner_sort',
  label: 'page_owner_sort',
  sniff: ({ lines }) => lines.some((line) => GROUP_START.test(line)) && lines.some(isGroupPart),
  createReader: (into, problems) => byLine(new SortReader(into, problems)),
}

function isGroupPart(line: string): boolean {
  return RECORD.test(line) || frameIn(line) !== undefined || /(PID \d|task_comm_name: |allocated by )/.test(line)
}

class SortReader implements LineReader {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #stack: PrintedStack
  #group: StackTotal | undefined
  /** True when the records of the group are alike but for their PFN, so that one speaks for all: nothing was culled. */
  #isAlike = false

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
    this.#stack = new PrintedStack(into)
  }

  line(text: string, line: number, chunk: Chunk, start: number, end: number): void {
    if (text.trim() === '') return this.#problems.skip('blank')
    if (GROUP_START.test(text)) return this.#header(text, line)
    if (this.#group === undefined) return this.#problems.skip('outside a group')
    const frame = frameIn(text)
    const order = ORDER.exec(text)
    if (order !== null) this.#order(this.#group, Number(order[1]))
    if (order !== null && this.#isAlike) this.#task(this.#group, text)
    if (frame !== undefined) this.#stack.add(frame)
    else if (RECORD.test(text)) return this.#problems.skip('line of one record of the group')
    else if (/^\s*\S+\+0x/.test(text)) return this.#problems.reject('unreadable frame', line, chunk.bytes, start, end)
    else return this.#problems.skip('line of a vendor')
    this.#problems.parsed++
  }

  end(): void {
    this.#finish()
  }

  #header(text: string, line: number): void {
    this.#finish()
    const [, times = '', pages, rest = ''] = GROUP.exec(text) ?? []
    this.#group = {
      ...newTotal(this.#into.firstLine + line),
      times: Number(times),
      pages: pages === undefined ? NONE : Number(pages),
      pid: numberIn(/, PID (-?\d+)/, rest),
      tgid: numberIn(/, TGID (-?\d+)/, rest),
      comm: this.#textIn(/, task_comm_name: (.*?)(?:, (?:allocated by|PID|TGID) .*)?$/, rest),
      allocator: this.#textIn(/, allocated by ([A-Z ]*[A-Z])/, rest),
    }
    this.#isAlike = pages === undefined || rest.startsWith(', allocated by')
    this.#problems.parsed++
    this.#problems.records++
  }

  /** Up to 5.15 the tool does not count pages; a group there is of records that are alike, so of one order. */
  #order(group: StackTotal, order: number): void {
    if (group.pages < 0 && order < 30) group.pages = group.times * 2 ** order
  }

  #task(group: StackTotal, text: string): void {
    const [, pid, tgid, comm] = TASK.exec(text) ?? []
    if (pid !== undefined) group.pid = Number(pid)
    if (tgid !== undefined) group.tgid = Number(tgid)
    if (comm !== undefined && comm !== '') group.comm = this.#into.strings.intern(comm)
  }

  #textIn(pattern: RegExp, text: string): StringId {
    const found = pattern.exec(text)?.[1]
    return found === undefined || found === '' ? (NONE as StringId) : this.#into.strings.intern(found)
  }

  #finish(): void {
    const group = this.#group
    this.#group = undefined
    const stack = this.#stack.take()
    if (group !== undefined) this.#into.stackTotals.push({ ...group, stack })
  }
}

function numberIn(pattern: RegExp, text: string): number {
  const found = pattern.exec(text)
  return found === null ? NONE : Number(found[1])
}
