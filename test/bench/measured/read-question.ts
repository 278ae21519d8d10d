import { fileURLToPath } from 'node:url'
import { runCommand } from '../run-command.ts'

/** What a process of its own is asked to do with a file. */
export interface ReadQuestion {
  readonly path: string
  readonly threads: 'one' | 'all'
  /** `read` to columns and indexes; `judge` to the judged ranges; `pinners` then asks for holds; `inflate` unpacks only. */
  readonly only: 'read' | 'judge' | 'pinners' | 'inflate'
}

/** What it measured. */
export interface ReadAnswer {
  /** Bytes of the file to frozen columns with their indexes. */
  readonly readMs: number
  /** page_owner records to totals by stack. */
  readonly groupMs: number
  readonly textBytes: number
  readonly lines: number
  readonly rejected: number
  readonly events: number
  readonly records: number
  /** Different stacks of the records. */
  readonly groups: number
  readonly bytesPerEvent: number
  /** Largest resident set of the process while it read. */
  readonly readPeakBytes: number
  readonly judged?: JudgedAnswer
}

/** What judging took. */
export interface JudgedAnswer {
  /** References to lives and holds. */
  readonly holdsMs: number
  /** Holds to the judged pages of all failed ranges. */
  readonly attributionMs: number
  readonly holds: number
  readonly failures: number
  readonly blockingPages: number
  readonly peakBytes: number
  readonly pinners?: PinnersAsked
}

/** What asking for holds took, every one of them listed. */
export interface PinnersAsked {
  readonly holds: number
  readonly openMs: number
  readonly filterMs: number
  readonly sortMs: number
  readonly groupMs: number
}

const RUN_TS = fileURLToPath(new URL('../../../src/cli/run-ts.mjs', import.meta.url))
const READER = fileURLToPath(new URL('./read-file.ts', import.meta.url))

/** Reads a file in a process of its own. */
export async function readInProcess(question: ReadQuestion): Promise<ReadAnswer> {
  const run = await runCommand(process.execPath, [RUN_TS, READER, JSON.stringify(question)])
  if (run === undefined) throw new Error('Node cannot be started')
  const answer: ReadAnswer = JSON.parse(run.output)
  return answer
}
