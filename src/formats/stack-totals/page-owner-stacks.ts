import { type TraceBuilder } from '../../model/trace-builder.ts'
import { byLine, type LineReader } from '../by-line.ts'
import { type Chunk, type Head, type TraceFormat } from '../format.ts'
import { type ProblemLog } from '../problem-log.ts'
import { frameIn, newTotal, PrintedStack } from './printed-stack.ts'

/** `nr_base_pages: 16` (`stack_count: 16` in early revisions), `handle: 1048577`: they end a block. */
const TOTAL = /^(nr_base_pages|stack_count): (\d+)\s*$/
const HANDLE = /^handle: (\d+)\s*$/

/**
 * /sys/kernel/debug/page_owner_stacks (mm/page_owner.c stack_print): `show_stacks` gives base pages by allocating stack,
 * `show_handles` by handle, `show_stacks_handles` says which stack a handle stands for.
 */
export const pageOwnerStacks: TraceFormat = {
  id: 'page_owner_stacks',
  label: 'page_owner_stacks',
  sniff: isStacks,
  createReader: (into, problems) => byLine(new StacksReader(into, problems)),
}

/** The first and the last line of what is looked at may be cut. */
function isStacks({ lines }: Head): boolean {
  const isEnd = (line: string): boolean => TOTAL.test(line) || HANDLE.test(line)
  const isPart = (line: string): boolean => line.trim() === '' || isEnd(line) || frameIn(line) !== undefined
  return lines.some(isEnd) && lines.every((line, at) => isPart(line) || at === 0 || at === lines.length - 1)
}

const NO_STACKS = 'totals by handle: show_stacks_handles of the same boot tells which stacks they are'

class StacksReader implements LineReader {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #stack: PrintedStack
  #first = -1
  #pages = -1
  #handle = -1
  #hasBareHandles = false
  #namesHandles = false

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
    this.#stack = new PrintedStack(into)
  }

  line(text: string, line: number, chunk: Chunk, start: number, end: number): void {
    if (text.trim() === '') return this.#blank()
    const frame = frameIn(text)
    const total = TOTAL.exec(text)
    const handle = HANDLE.exec(text)
    if (frame !== undefined && (this.#pages >= 0 || this.#handle >= 0)) this.#finish() // the blank line was lost
    if (frame !== undefined) this.#stack.add(frame)
    else if (total !== null) this.#pages = Number(total[2])
    else if (handle !== null) this.#handle = Number(handle[1])
    else return this.#problems.reject('no frame and no total', line, chunk.bytes, start, end)
    if (this.#first < 0) this.#first = line
    this.#problems.parsed++
  }

  end(): void {
    this.#finish()
    if (this.#hasBareHandles && !this.#namesHandles) this.#problems.notice(NO_STACKS)
  }

  #blank(): void {
    this.#problems.skip('blank')
    this.#finish()
  }

  #finish(): void {
    const hasStack = !this.#stack.isEmpty
    const stack = this.#stack.take()
    if (hasStack && this.#handle >= 0) {
      this.#into.handles.name(this.#handle, stack)
      this.#namesHandles = true
    }
    if (this.#pages >= 0) {
      const total = newTotal(this.#into.firstLine + this.#first)
      this.#into.stackTotals.push({ ...total, stack, pages: this.#pages, handle: this.#handle })
      this.#hasBareHandles ||= !hasStack
    } else if (hasStack && this.#handle < 0) {
      this.#problems.notice('a stack has no total: the file is cut there')
    }
    if (this.#pages >= 0 || this.#handle >= 0) this.#problems.records++
    this.#first = this.#pages = this.#handle = -1
  }
}
