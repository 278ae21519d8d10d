import { type Finding, type ToldPage } from '../../src/derive/attribution/finding.ts'
import { tellPage } from '../../src/derive/attribution/findings.ts'
import { derive, type DeriveOptions } from '../../src/derive/derive.ts'
import { type Derived } from '../../src/derive/derived.ts'
import { type Trace } from '../../src/model/trace.ts'

/** A finding with every page told whole: plain data, for tests of what is said. */
export interface ToldFinding extends Finding {
  readonly pages: readonly ToldPage[]
}

/** Findings with every page of theirs told. */
export function toldAll(trace: Trace, derived: Derived): readonly ToldFinding[] {
  return derived.findings.map((finding) => ({
    ...finding,
    pages: finding.pages.map((page) => tellPage(trace, derived, finding, page)),
  }))
}

/** Derived tables whose findings are data. */
export interface ToldDerived extends Derived {
  readonly findings: readonly ToldFinding[]
}

/** The same tables with the findings told. */
export function toldDerived(trace: Trace, derived: Derived): ToldDerived {
  return { ...derived, findings: toldAll(trace, derived) }
}

/** `derive()` with the findings told. */
export function deriveTold(trace: Trace, options: DeriveOptions = {}): ToldDerived {
  return toldDerived(trace, derive(trace, options))
}
