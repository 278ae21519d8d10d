import { type PfnSpan } from '../../base/pfn-spans.ts'

/** What shall fail: a CMA allocation, a memory block going offline, compaction, huge pages, or whatever comes by itself. */
export type RecordTrigger = 'cma' | 'offline' | 'compaction' | 'hugetlb' | 'wait'

/** What records. */
export type RecordTool = 'tracefs' | 'trace-cmd' | 'perf'

/** How to record, as asked. Plain JSON. */
export interface RecordQuestion {
  /** Release: `6.1`, `5.10.160-android12-9`. */
  readonly kernel: string
  readonly trigger: RecordTrigger
  readonly tool: RecordTool
  /** Pages to trace; none: those of the CMA area or the memory block. */
  readonly spans: readonly PfnSpan[]
  /** CMA area, by its name or its folder in debugfs; the first one when absent. */
  readonly area?: string
  /** Memory block that shall go offline; the one of the first page when absent. */
  readonly block?: number
  /** Pages to ask a CMA area for, or huge pages more. */
  readonly pages?: number
  /** Trace buffer, KB per CPU. */
  readonly bufferKb?: number
  /** Heads of the folios are among `spans` already: none needs to be added. */
  readonly isHeadsKnown?: boolean
  /** Also how to trace from boot on, for references that are taken early. */
  readonly isFromBoot?: boolean
}

/** KB of trace buffer per CPU when none is asked for. */
export const USUAL_BUFFER_KB = 32_768
