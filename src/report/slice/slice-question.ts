import { type BugReportFormat, type PersonSaid } from '../../queries/bug-report-question.ts'
import { type SliceAbout, type SliceFile } from '../../model/slice-file.ts'
import { type SessionFile } from '../../session/session-file.ts'
import { type RedactChoice } from './redact-choice.ts'

/** The slice of the capture that proves one finding. */
export interface SliceQuestion {
  readonly about: SliceAbout
  /** What is looked at: `/pfn?v=1&pfn=0x5015…`. */
  readonly link: string
  readonly thresholdNs: number
  readonly redact: RedactChoice
  /** What people said: of it what is about the slice goes along, with the same other names. */
  readonly said?: SessionFile
  /** A text on the same finding goes along, written with the same other names; `session`: what it says that a person said. */
  readonly text?: { readonly format: BugReportFormat; readonly session?: PersonSaid }
}

/** How many there are of what is shared. */
export interface SliceCounts {
  readonly events: number
  readonly stacks: number
  readonly tasks: number
  readonly symbols: number
}

/** What could be given other names. */
export interface Redactable {
  readonly comms: readonly string[]
  readonly pids: number
  /** Functions and modules in the stacks, by name. */
  readonly symbols: readonly string[]
}

/** Answer to `slice`; `found` is false when no failed range has that id. */
export type SliceAnswer =
  | { readonly found: false }
  | {
      readonly found: true
      /** Exactly what is shared. */
      readonly slice: SliceFile
      /** The JSON of it: the bytes of the slice file before they are packed. */
      readonly json: string
      /** What stands in a link behind `slice=`. */
      readonly packed: string
      /** The slice file, packed with gzip: base64. */
      readonly gz: string
      /** What people said of what is in the slice; absent where nobody did. */
      readonly said?: SessionFile
      /** The text that was asked for, with other names. */
      readonly text?: string
      readonly counts: SliceCounts
      readonly redactable: Redactable
      /** What the slice alone says, as whoever opens it will see: to be compared with `slice.told`. */
      readonly here: readonly string[]
      /** What other names change about how references are classed, in words; empty when nothing. */
      readonly classesLost: readonly string[]
      /** Why the slice cannot be read again, in words; empty when it can. */
      readonly problem: string
    }

/** What the slice that is open says, beside what its sender was told by the whole capture. */
export interface SliceToldQuestion {
  readonly thresholdNs: number
}

/** Answer to `sliceTold`; `isSlice` is false when what is open is no slice. */
export type SliceToldAnswer =
  | { readonly isSlice: false }
  | {
      readonly isSlice: true
      readonly about: SliceAbout
      readonly version: number
      readonly link: string
      readonly redacted: readonly string[]
      readonly leftOut: readonly string[]
      readonly told: readonly string[]
      readonly here: readonly string[]
    }
