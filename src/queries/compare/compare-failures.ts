import { type Verdict } from '../../derive/attribution/finding.ts'
import { type Trigger } from '../../derive/failures/failed-range.ts'
import { type AttemptCount, ATTEMPT_KINDS, ATTEMPT_WORDS, type AttemptKind } from './attempt-counts.ts'
import { type CompareDigest } from './compare-digest.ts'
import { attemptExposure, rateOf } from './compare-exposure.ts'
import { type FailureExample, failureKey, type FailureKind } from './failure-kinds.ts'
import { compareRates, compareShares, type Tells } from './rate-test.ts'

/** Attempts of one kind in both captures; a side whose events do not tell of any is absent. */
export interface ComparedAttempts {
  readonly kind: AttemptKind
  readonly noun: string
  /** The event that tells of them. */
  readonly event: string
  readonly a?: Pick<AttemptCount, 'total' | 'failed'>
  readonly b?: Pick<AttemptCount, 'total' | 'failed'>
  readonly tells: Tells
}

/** Failed ranges of one kind on one side. */
export interface FailureCounts {
  readonly ranges: number
  readonly tries: number
  readonly blocking: number
  readonly gotInstead: number
  readonly example: FailureExample
}

/** Failed ranges of one kind in both captures; a side without any is absent. */
export interface ComparedFailures {
  /** Stable: trigger, pages, verdict and holder. */
  readonly key: string
  readonly trigger: Trigger
  /** 0 for the zones of compaction. */
  readonly pages: number
  readonly verdict: Verdict
  readonly holder: string
  readonly a?: FailureCounts
  readonly b?: FailureCounts
  readonly tells: Tells
}

/** Attempts side by side, in the order of the kinds. */
export function compareAttempts(a: CompareDigest, b: CompareDigest): readonly ComparedAttempts[] {
  return ATTEMPT_KINDS.flatMap((kind) => {
    const inA = a.attempts.find((count) => count.kind === kind)
    const inB = b.attempts.find((count) => count.kind === kind)
    if (inA === undefined && inB === undefined) return []
    return [
      {
        kind,
        ...ATTEMPT_WORDS[kind],
        ...(inA === undefined ? {} : { a: sharesOf(inA) }),
        ...(inB === undefined ? {} : { b: sharesOf(inB) }),
        tells: inA === undefined || inB === undefined ? ('unknown' as const) : compareShares(inA, inB),
      },
    ]
  })
}

function sharesOf({ total, failed }: AttemptCount): Pick<AttemptCount, 'total' | 'failed'> {
  return { total, failed }
}

/** Failed ranges side by side, those that differ most first. O(kinds log kinds). */
export function compareFailures(a: CompareDigest, b: CompareDigest): readonly ComparedFailures[] {
  const exposure = attemptExposure(a, b)
  // One of the files may not print modules; two functions of one name are then one kind.
  const withModules = printsModules(a) === printsModules(b)
  const keyOf = (kind: FailureKind): string =>
    failureKey(withModules ? kind : { ...kind, holder: kind.holder.split(' [')[0] })
  const inA = new Map(a.failures.map((kind) => [keyOf(kind), kind]))
  const inB = new Map(b.failures.map((kind) => [keyOf(kind), kind]))
  const rows = [...new Set([...inA.keys(), ...inB.keys()])].map((key) => {
    const row = compareKind(key, inA.get(key), inB.get(key))
    const counts = { a: row.a?.ranges ?? 0, b: row.b?.ranges ?? 0 }
    const tells = compareRates({ count: counts.a, exposure: exposure.a }, { count: counts.b, exposure: exposure.b })
    const size = Math.abs(rateOf(counts.b, exposure, exposure.b) - rateOf(counts.a, exposure, exposure.a))
    return { row: { ...row, tells }, size }
  })
  return rows
    .toSorted(
      (one, other) =>
        Number(other.row.tells === 'told') - Number(one.row.tells === 'told') ||
        other.size - one.size ||
        (one.row.key < other.row.key ? -1 : 1),
    )
    .map(({ row }) => row)
}

function printsModules({ failures }: CompareDigest): boolean {
  return failures.some(({ holder }) => holder.endsWith(']'))
}

function compareKind(
  key: string,
  a: FailureKind | undefined,
  b: FailureKind | undefined,
): Omit<ComparedFailures, 'tells'> {
  const known = a ?? b
  if (known === undefined) throw new Error('broken promise: a kind of failure of neither capture')
  const { trigger, pages, verdict } = known
  const holder = (a?.holder.length ?? 0) > (b?.holder.length ?? 0) ? a?.holder : b?.holder
  return {
    key,
    trigger,
    pages,
    verdict,
    holder: holder ?? '',
    ...(a === undefined ? {} : { a: countsOf(a) }),
    ...(b === undefined ? {} : { b: countsOf(b) }),
  }
}

function countsOf({ ranges, tries, blocking, gotInstead, example }: FailureKind): FailureCounts {
  return { ranges, tries, blocking, gotInstead, example }
}
