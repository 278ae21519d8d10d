import { textOf } from '../../base/ascii.ts'
import { type LineId, NONE } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type LossTracker } from '../ftrace/loss-tracker.ts'
import { CUT_NOTICE } from '../ftrace/trace-notices.ts'
import { type ProblemLog } from '../problem-log.ts'
import { type CallChain } from './call-chain.ts'
import { looksLikeFrame } from './frame-lines.ts'
import { LOST_NOTICE } from './sample-notices.ts'
import { readToolLine } from './tool-line.ts'

/** Characters of a line that is no sample that are looked at as text. */
export const TOOL_LINE_BYTES = 1024

/** Takes the lines of a text that are neither samples nor their frames, nor blank. */
export class ToolLines {
  /** A line said what is of the whole file: a part of it cannot tell. */
  needsWhole = false
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #losses: LossTracker
  readonly #chain: CallChain

  constructor(into: TraceBuilder, problems: ProblemLog, losses: LossTracker, chain: CallChain) {
    this.#into = into
    this.#problems = problems
    this.#losses = losses
    this.#chain = chain
  }

  /** Reads the line `[start, end)`, the 0-based `line` of the file; frames below it may open a chain that is skipped. */
  read(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (looksLikeFrame(bytes, start)) {
      this.#problems.skip('orphan call chain')
      return this.#chain.openSkipped('orphan call chain')
    }
    const lineId = (this.#into.firstLine + line) as LineId
    const told = readToolLine(textOf(bytes, start, Math.min(end, start + TOOL_LINE_BYTES)))
    this.needsWhole ||= told.kind === 'release' || told.kind === 'clock' || told.kind === 'lost'
    switch (told.kind) {
      case 'skip':
        return this.#problems.skip(told.why)
      case 'release':
        this.#into.machine.release(told.release, lineId)
        return this.#problems.skip('header')
      case 'clock':
        if (this.#into.clockName === 'unknown') this.#into.clockName = told.name
        return this.#problems.skip('header')
      case 'cut':
        this.#losses.mark('cut', NONE, 0, lineId)
        this.#problems.notice(CUT_NOTICE)
        return this.#problems.skip('cut by the author')
      case 'lost':
        this.#into.loss({ kind: 'lost', cpu: NONE, count: NONE, line: lineId })
        this.#problems.notice(LOST_NOTICE)
        this.#problems.parsed++
        return
      case 'unknown':
        this.#problems.reject('not a line of perf script', line, bytes, start, end)
    }
  }
}
