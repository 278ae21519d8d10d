import { counted } from '../../base/counted.ts'
import { type Blocker, type CompareDigest } from './compare-digest.ts'
import { attemptExposure } from './compare-exposure.ts'
import { isWatchedBy } from './compare-side.ts'
import { compareAttempts, type ComparedAttempts } from './compare-failures.ts'
import { compareRates, type Tells } from './rate-test.ts'

/** What differs, in a few sentences: how often it fails, and who blocks ranges in one capture and none in the other. */
export function compareSummary(a: CompareDigest, b: CompareDigest): readonly string[] {
  return [failing(a, b), ...blockers(a, b)]
}

function failing(a: CompareDigest, b: CompareDigest): string {
  const both = compareAttempts(a, b).find((attempts) => attempts.a !== undefined && attempts.b !== undefined)
  if (both === undefined) {
    return `Failed ranges: ${a.failedRanges} in A, ${b.failedRanges} in B; no event that both have tells how often it was tried.`
  }
  const isAlike = both.a?.failed === both.b?.failed && both.a?.total === both.b?.total
  return `${attemptWords(both)}${isAlike ? '' : toldWords(both.tells)}.`
}

function attemptWords({ noun, a, b }: ComparedAttempts): string {
  if (a === undefined || b === undefined) return ''
  return `${noun}s that failed: ${a.failed} of ${a.total} in A, ${b.failed} of ${b.total} in B`
}

/** What a test says of a difference, after a statement of it; nothing when it is told. */
function toldWords(tells: Tells): string {
  if (tells === 'too_few') return ' (too few to tell)'
  if (tells === 'chance') return ' (no more than chance makes)'
  return tells === 'unknown' ? ' (how much was looked at is not known)' : ''
}

const NAMED = 3

function blockers(a: CompareDigest, b: CompareDigest): readonly string[] {
  const inA = new Map(a.blockers.map((blocker) => [blocker.name, blocker]))
  const inB = new Map(b.blockers.map((blocker) => [blocker.name, blocker]))
  const isIn = (map: ReadonlyMap<string, Blocker>, name: string): boolean => partner(map, name) !== undefined
  const gone = a.blockers.filter(({ name }) => !isIn(inB, name)).toSorted(mostFirst)
  const added = b.blockers.filter(({ name }) => !isIn(inA, name)).toSorted(mostFirst)
  const stays = b.blockers.filter(({ name }) => isIn(inA, name)).toSorted(mostFirst)
  const exposure = attemptExposure(a, b)
  const bSeesA = isWatchedBy(a.side, b.side)
  const aSeesB = isWatchedBy(b.side, a.side)
  const tell = (countA: number, countB: number): string =>
    toldWords(compareRates({ count: countA, exposure: exposure.a }, { count: countB, exposure: exposure.b }))
  if (gone.length + added.length + stays.length === 0)
    return a.failedRanges + b.failedRanges === 0 ? [] : ['No holder is named for any range of either.']
  return [
    ...gone.slice(0, NAMED).map(({ name, ranges, apart }) => {
      const words = `${counted(ranges, 'range')} in A`
      if (!bSeesA) return `${holderText(name)} blocks ${words}; ${unseenIn('B')}.`
      return `${holderText(name)} no longer blocks any range: ${words}, none in B${tell(apart, 0)}.`
    }),
    ...moreOf(gone, bSeesA ? 'no longer block any range' : 'block ranges in A; B did not watch all of those pages'),
    ...added.slice(0, NAMED).map(({ name, ranges, apart }) => {
      const words = `${holderText(name)} blocks ${counted(ranges, 'range')} in B`
      return aSeesB ? `${words} and none in A${tell(0, apart)}.` : `${words}; ${unseenIn('A')}.`
    }),
    ...moreOf(added, aSeesB ? 'block ranges in B alone' : 'block ranges in B; A did not watch all of those pages'),
    ...stays.slice(0, NAMED).map(({ name, ranges, apart }) => {
      const before = inA.get(partner(inA, name) ?? '')
      const words = `${holderText(name)} blocks ${counted(ranges, 'range')} in B and ${before?.ranges ?? 0} in A`
      return `${words}${before?.ranges === ranges ? '' : tell(before?.apart ?? 0, apart)}.`
    }),
    ...moreOf(stays, 'block ranges in both'),
  ]
}

function unseenIn(name: 'A' | 'B'): string {
  return `none is known in ${name}, which did not watch all of those pages`
}

function mostFirst(one: Blocker, other: Blocker): number {
  return other.ranges - one.ranges || (one.name < other.name ? -1 : 1)
}

function moreOf(found: readonly Blocker[], what: string): readonly string[] {
  return found.length > NAMED ? [`${counted(found.length - NAMED, 'more holder')} ${what}.`] : []
}

function holderText(name: string): string {
  return name === '' ? 'A holder without a stack' : name
}

/** The same frame in the other capture, whether or not its file prints modules. */
function partner(map: ReadonlyMap<string, Blocker>, name: string): string | undefined {
  if (map.has(name)) return name
  const [symbol, module] = name.split(' ')
  const alike = [...map.keys()].filter((other) => other.split(' ')[0] === symbol)
  const isUnsaid = (other: string): boolean => module === undefined || !other.includes(' ')
  return alike.length === 1 && isUnsaid(alike[0]) ? alike[0] : undefined
}
