import { counted } from '../../base/counted.ts'
import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { buildTimeline } from '../../queries/timeline.ts'

/** Class of each hold of some pages, by the place of its get, or of its put where the get is not in the trace. */
export function classesOf(
  { trace, derived }: { readonly trace: Trace; readonly derived: Derived },
  pfns: readonly number[],
): ReadonlyMap<string, string> {
  const holds = pfns.flatMap((pfn) => buildTimeline(trace, derived, { pfn, lifetime: 0, columns: 1 }).holds)
  return new Map(
    holds.map((hold) => {
      const { pfn, getPlace, putPlace } = hold
      return [`${pfn} ${placeText(getPlace ?? putPlace)}`, hold.class]
    }),
  )
}

function placeText(place: { readonly file: number; readonly line: number } | undefined): string {
  return place === undefined ? '' : `${place.file}:${place.line}`
}

/** How classes differ once names do, in words: what is known by its name is not known by another. */
export function lostClasses(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const changes = new Map<string, number>()
  for (const [hold, name] of before) {
    const now = after.get(hold) ?? 'no hold'
    if (now !== name) changes.set(`${name} → ${now}`, (changes.get(`${name} → ${now}`) ?? 0) + 1)
  }
  return [...changes].map(([change, holds]) => `${change} (${counted(holds, 'hold')})`)
}
