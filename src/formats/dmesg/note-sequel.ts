import { type LineId } from '../../model/ids.ts'
import { type KernelNote } from '../../model/kernel-note.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { AllocationReport } from './allocation-report.ts'
import { CallTraceReader } from './call-trace.ts'
import { availableIn } from './note-lines.ts'

/** What the kernel prints behind a message that states a fact, while its lines come in. */
export interface NoteSequel {
  /** Takes a message that is part of it; false for all others. */
  take(message: string, line: LineId): boolean
  /** The note with what its sequel told. */
  completed(note: KernelNote): KernelNote
}

/** The sequel that a note may have; undefined for the kinds that stand alone. */
export function sequelOf(note: KernelNote, into: TraceBuilder): NoteSequel | undefined {
  if (note.kind === 'alloc_failed' || note.kind === 'alloc_stalled') return new AllocationSequel(into, note.line)
  return note.kind === 'cma_failed' ? new CmaSequel(note.line) : undefined
}

/** Who asked, and what memory there was (mm/page_alloc.c warn_alloc()). */
class AllocationSequel implements NoteSequel {
  readonly #trace: CallTraceReader
  readonly #report: AllocationReport

  constructor(into: TraceBuilder, after: LineId) {
    this.#trace = new CallTraceReader(into, after)
    this.#report = new AllocationReport(after)
  }

  take(message: string, line: LineId): boolean {
    return this.#trace.take(message, line) || this.#report.take(message, line)
  }

  completed(note: KernelNote): KernelNote {
    if (note.kind !== 'alloc_failed' && note.kind !== 'alloc_stalled') return note
    const trace = this.#trace.told()
    const memory = this.#report.memory()
    const { cpuset, memsAllowed } = this.#report
    return {
      ...(cpuset === undefined ? {} : { cpuset }),
      ...(memsAllowed === undefined ? {} : { memsAllowed }),
      ...note,
      ...(trace === undefined ? {} : { trace }),
      ...(memory === undefined ? {} : { memory }),
    }
  }
}

/** Lines of others between a failed CMA allocation and what is free in its area. */
const NEAR_LINES = 8

/** `cma: number of available pages: …` (mm/cma.c cma_debug_show_areas()). */
class CmaSequel implements NoteSequel {
  readonly #after: LineId
  #available: ReturnType<typeof availableIn>

  constructor(after: LineId) {
    this.#after = after
  }

  take(message: string, line: LineId): boolean {
    if (this.#available !== undefined || line - this.#after > NEAR_LINES) return false
    this.#available = availableIn(message)
    return this.#available !== undefined
  }

  completed(note: KernelNote): KernelNote {
    return note.kind === 'cma_failed' ? { ...note, ...this.#available } : note
  }
}
