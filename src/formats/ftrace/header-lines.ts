import { assertUnreachable } from '../../base/assert.ts'
import { type LineId, NONE } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type ProblemLog } from '../problem-log.ts'
import { type EntryContext } from './entry-context.ts'
import { type EntryStacks } from './entry-stacks.ts'
import { type LossTracker } from './loss-tracker.ts'
import { type OddLine } from './odd-line.ts'
import { type Segments } from './segments.ts'
import { CUT_NOTICE, GRAPH_NOTICE, RAW_NOTICE } from './trace-notices.ts'

/** What a header or a marker may say. */
export type HeaderLine = Exclude<OddLine, { kind: 'unknown' }>

/** Takes what the lines between the entries of a trace say of it: headers, marks of lost events, comments. */
export class HeaderLines {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #entry: EntryContext
  readonly #losses: LossTracker
  readonly #segments: Segments
  readonly #stacks: EntryStacks
  /** Flag columns that the legend of the header named so far. */
  #legendColumns = 0

  constructor(
    into: TraceBuilder,
    problems: ProblemLog,
    entry: EntryContext,
    losses: LossTracker,
    segments: Segments,
    stacks: EntryStacks,
  ) {
    this.#into = into
    this.#problems = problems
    this.#entry = entry
    this.#losses = losses
    this.#segments = segments
    this.#stacks = stacks
  }

  /** Counts the line as parsed or skipped. */
  read(said: HeaderLine, line: LineId): void {
    switch (said.kind) {
      case 'skip':
        return this.#problems.skip(said.why)
      case 'tracer':
        return this.#beginSegment()
      case 'release':
        this.#into.machine.release(said.release, line)
        return this.#problems.skip('header')
      case 'legend':
        if (said.isIrq) this.#entry.setIrqColumn(this.#legendColumns)
        this.#legendColumns++
        return this.#problems.skip('header')
      case 'graph-event':
        this.#problems.notice(GRAPH_NOTICE)
        return this.#problems.skip('event printed as a comment of function_graph')
      case 'raw':
        this.#problems.notice(RAW_NOTICE)
        return this.#problems.skip('entry without a name (option raw or hex)')
      case 'cut':
        this.#losses.mark('cut', NONE, 0, line)
        this.#problems.notice(CUT_NOTICE)
        return this.#problems.skip('cut by the author')
      case 'overrun':
      case 'start':
      case 'lost':
        return this.#lose(said, line)
      default:
        return assertUnreachable(said)
    }
  }

  #beginSegment(): void {
    this.#stacks.forget(NONE)
    this.#segments.begin()
    this.#legendColumns = 0
    this.#problems.skip('header')
  }

  /** Events are missing before the line: how many, and on which CPU, as far as it says. */
  #lose(said: Extract<HeaderLine, { kind: 'overrun' | 'start' | 'lost' }>, line: LineId): void {
    this.#problems.parsed++
    if (said.kind === 'overrun') return this.#losses.mark('overrun', NONE, said.count, line)
    this.#losses.mark(said.kind, said.cpu, said.kind === 'lost' ? said.count : 0, line)
    this.#stacks.forget(said.cpu)
  }
}
