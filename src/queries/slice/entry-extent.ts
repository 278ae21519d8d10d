import { type FormatId } from '../../model/source-file.ts'

/** Text of a line, 1-based; undefined where the file has none, or it was not read. */
export type TextAt = (line: number) => string | undefined

/** Lines before and behind a cited one that may be of its entry: as many are looked at. */
export function reachOf(format: FormatId): { readonly before: number; readonly behind: number } {
  return REACH[format] ?? { before: 0, behind: 0 }
}

const REACH: Readonly<Partial<Record<FormatId, { readonly before: number; readonly behind: number }>>> = {
  ftrace: { before: 0, behind: 150 },
  trace_dat: { before: 0, behind: 12 },
  perf_script: { before: 0, behind: 150 },
  page_owner: { before: 4, behind: 150 },
  page_pinner: { before: 4, behind: 150 },
  page_owner_stacks: { before: 150, behind: 150 },
  page_owner_sort: { before: 150, behind: 150 },
  dmesg: { before: 12, behind: 120 },
  mixed: { before: 12, behind: 120 },
}

/** Numbers of the lines of the entry that a cited line is of. `frames` are those of its event, when it has a stack. */
export function entryExtent(format: FormatId, line: number, textAt: TextAt, frames: number): readonly number[] {
  switch (format) {
    case 'ftrace':
    case 'trace_dat':
      return frames === 0 ? [line] : [line, ...stackBehind(line, textAt)]
    case 'perf_script':
      return run(line, line, (at) => !isBlank(textAt(at)), textAt, true)
    case 'page_owner':
    case 'page_pinner':
    case 'page_owner_stacks':
    case 'page_owner_sort':
      return run(line, line, (at) => !isBlank(textAt(at)), textAt, true)
    case 'dmesg':
      return run(line, line, (at) => isOfReport(textAt(at)), textAt, false)
    case 'mixed':
      return [
        ...new Set([...run(line, line, (at) => !isBlank(textAt(at)), textAt, true), ...stackBehind(line, textAt)]),
      ]
    default:
      return [line]
  }
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === ''
}

/** The lines around one as long as they go on; with the blank one behind them where that ends an entry. */
function run(
  from: number,
  to: number,
  goesOn: (line: number) => boolean,
  textAt: TextAt,
  withEnd: boolean,
): readonly number[] {
  let [first, last] = [from, to]
  while (goesOn(first - 1)) first--
  while (goesOn(last + 1)) last++
  if (withEnd && textAt(last + 1) !== undefined) last++
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}

/** What the kernel prints of a page, and what follows it: dump_page() with page_owner's stacks, a call trace. */
const OF_REPORT =
  /^(?:page: ?|head: ?|flags: |raw: |anon flags|ksm flags|aops:|page dumped because|page_owner |page last |page has been |order \d|memcg:|index:|\s+\S+\+0x[0-9a-f]+\/0x|\s*(?:Call Trace:|<TASK>|<\/TASK>|<IRQ>|<\/IRQ>)|\? |CPU: \d+ |Hardware name|migrating pfn |failed to isolate pfn |Migration failure|memory offlining |Page pinner|page_pinner )/
const STAMP = /^(?:<\d+>)?(?:\[[^\]]*\]\s?|\S+ \S+ kernel: (?:\[[^\]]*\]\s?)?)?/

function isOfReport(text: string | undefined): boolean {
  return text !== undefined && OF_REPORT.test(text.replace(STAMP, ''))
}

const FRAME = /^\s*=> /
const STACK = /<stack trace ?>|\bkernel_stack\b/
/** `comm-pid`, and the CPU, of an entry of a trace as text; the CPU of a latency format. */
const WHOSE = /^\s*(.*?-\d+)\s+(?:\([^)]*\)\s+)?\[?(\d+)/

/** The stack of an event: the next one of the same task on the same CPU, which others' entries may stand before. */
function stackBehind(line: number, textAt: TextAt): readonly number[] {
  const whose = whoseOf(textAt(line))
  if (whose === '') return orphanBehind(line, textAt)
  for (let at = line + 1; ; at++) {
    const text = textAt(at)
    if (text === undefined) return []
    if (FRAME.test(text) && at === line + 1) return framesFrom(at, textAt)
    if (!STACK.test(text) || whoseOf(text) !== whose) continue
    return [at, ...framesFrom(at + 1, textAt)]
  }
}

function framesFrom(line: number, textAt: TextAt): readonly number[] {
  const frames: number[] = []
  for (let at = line; FRAME.test(textAt(at) ?? ''); at++) frames.push(at)
  return frames
}

function whoseOf(text: string | undefined): string {
  const match = WHOSE.exec(text ?? '')
  return match === null ? '' : `${match[1]} ${match[2]}`
}

/** The rest of an entry whose event was lost: a stack right behind the mark of a loss. */
function orphanBehind(line: number, textAt: TextAt): readonly number[] {
  return STACK.test(textAt(line + 1) ?? '') ? [line + 1, ...framesFrom(line + 2, textAt)] : []
}
