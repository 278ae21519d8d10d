import { type LayerId } from '../../queries/timeline.ts'
import { type EvidenceAnswer } from '../../queries/wire.ts'
import {
  failureJson,
  type FailureJson,
  inputJson,
  type InputJson,
  type PlaceJson,
  type SliceJson,
  sliceJson,
} from '../report-json.ts'
import { type RulesUsed } from '../rules-used.ts'
import { type BugReportFacts, type OtherPages } from './bug-report-facts.ts'
import { type PersonSaid } from '../../queries/bug-report-question.ts'
import { nextCommands } from './next-part.ts'
import { type PageTold } from './page-told.ts'

/**
 * One finding for machines, `pinscope.bug/1`; README.md describes it. `inputs` and `failure` are those of
 * `pinscope.report/1`, its `pages` and `culprits` being those of the pages that are told; `blockingPfns` has all. Hashes are
 * left out: of large files they come later, and the text is to be the same whenever it is asked for.
 */
export interface BugReportJson {
  readonly schema: 'pinscope.bug/1'
  readonly thresholdNs: number
  readonly rulesInForce: string
  readonly rules?: RulesUsed
  readonly inputs: readonly Omit<InputJson, 'sha256' | 'sha256Of'>[]
  /** Null when there is none. */
  readonly failure: FailureJson | null
  /** As `pinscope report` numbers it, from 1. */
  readonly failureNumber: number | null
  /** Page that was asked for and is in no failed range's way. */
  readonly askedPfn: number | null
  /** What the counts of the pages that are told are made of. */
  readonly counts: readonly CountJson[]
  /** Blocking pages beside these. */
  readonly otherPages: OtherPages
  readonly machine: readonly { readonly name: string; readonly text: string; readonly place: PlaceJson | null }[]
  readonly trace: { readonly clock: string; readonly refs: number; readonly refsWithStack: number }
  readonly lost: { readonly events: number | null; readonly losses: number }
  readonly next: {
    readonly reasons: readonly { readonly kind: string; readonly text: string }[]
    /** For a POSIX shell; the first is the shortest. */
    readonly commands: readonly string[]
  }
  /** What was read is a slice: names that its sender gave other ones, and what the whole capture says; absent for a whole one. */
  readonly slice?: SliceJson
  /** What a person said; absent when nobody did. */
  readonly session?: PersonSaid
}

/** A count as it was at the failure, or at the end of the trace where the failure has no time. */
export interface CountJson {
  readonly pfn: number
  readonly headPfn: number
  readonly folio: string
  readonly count: number | null
  readonly isExact: boolean
  readonly mapcount: number | null
  /** References that migration would accept, and those above. */
  readonly expected: number | null
  readonly excess: number | null
  /** FOLL_PIN pins in the count, each 1024 references. */
  readonly pins: number
  readonly references: readonly { readonly class: LayerId; readonly count: number }[]
  /** The event that leaves this count. */
  readonly line: (PlaceJson & { readonly text: string }) | null
}

/** The finding as plain JSON. */
export function bugReportJson(facts: BugReportFacts): BugReportJson {
  const { overview, failure, machine, next } = facts
  return {
    schema: 'pinscope.bug/1',
    thresholdNs: facts.thresholdNs,
    rulesInForce: facts.rulesInForce,
    ...(facts.rules === undefined ? {} : { rules: facts.rules }),
    inputs: overview.files.map((file) => {
      const { sha256: _hash, sha256Of: _of, ...input } = inputJson(file, overview)
      return input
    }),
    failure: failure === undefined ? null : wholeFailure(failure, facts),
    failureNumber: facts.failureNumber ?? null,
    askedPfn: facts.askedPfn ?? null,
    counts: facts.pages.map(countJson),
    otherPages: facts.others,
    machine: machine.facts.map(({ name, text, place }) => ({
      name,
      text,
      place: place === undefined ? null : { file: place.fileName, line: place.line },
    })),
    trace: { clock: overview.clock.name, refs: machine.refs, refsWithStack: machine.refsWithStack },
    lost: { events: overview.lost.isAtLeast ? null : overview.lost.count, losses: overview.losses.length },
    next: { reasons: next.reasons, commands: nextCommands(next) },
    ...sliceJson(overview),
    ...(facts.session === undefined ? {} : { session: facts.session }),
  }
}

function wholeFailure(failure: NonNullable<BugReportFacts['failure']>, { overview }: BugReportFacts): FailureJson {
  return { ...failureJson(failure, overview.clock), blockingPfns: failure.failure.blockingPfns }
}

function countJson({ pfn, headPfn, folio, count }: PageTold): CountJson {
  const units = count === undefined ? [] : count.layers.map((id, at) => ({ class: id, count: count.point.units[at] }))
  return {
    pfn,
    headPfn,
    folio,
    count: count?.point.count ?? null,
    isExact: count?.point.isExact ?? false,
    mapcount: count?.point.mapcount ?? null,
    expected: count?.point.expected ?? null,
    excess: count?.point.excess ?? null,
    pins: count?.point.pins ?? 0,
    references: units.filter((unit) => unit.count !== 0),
    line: count === undefined ? null : lineJson(count.line),
  }
}

function lineJson({ places: [place], raw: [text = ''] }: EvidenceAnswer): CountJson['line'] {
  return { file: place.fileName, line: place.line, text }
}
