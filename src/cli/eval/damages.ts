import { type CaptureDamage } from './capture-files.ts'
import { type Truth } from './truth.ts'

/** A way to damage a capture. */
export interface DamagePlan {
  readonly name: string
  /** Undefined when the damage cannot be done to a capture. */
  readonly damageOf: (truth: Truth, seed: number) => CaptureDamage | undefined
  /** What is still to be found; the whole truth when absent. */
  readonly truthOf?: (truth: Truth) => Truth
}

/** What the evaluation does to each capture, beside leaving it whole. */
export const DAMAGE_PLANS: readonly DamagePlan[] = [
  { name: 'whole', damageOf: () => ({ text: {}, seed: 0 }) },
  { name: '10 % of page_ref events lost', damageOf: (_, seed) => ({ text: { dropEvents: 0.1 }, seed }) },
  { name: 'half of the stacks lost', damageOf: (_, seed) => ({ text: { dropStacks: 0.5 }, seed }) },
  { name: 'trace begins after the get', damageOf: (truth, seed) => cutAfterGet(truth, seed) },
  { name: 'stretches lost, with a marker', damageOf: (_, seed) => ({ text: { lostStretches: 6 }, seed }) },
  {
    name: 'only the failing PFN traced',
    damageOf: (truth, seed) => {
      const failing = failingPage(truth)
      return failing && { text: { onlyPfns: [failing.pfn, failing.head_pfn ?? failing.pfn] }, seed }
    },
    truthOf: (truth) => ({ ...truth, culprits: truth.culprits.filter((culprit) => culprit === failingPage(truth)) }),
  },
]

function cutAfterGet(truth: Truth, seed: number): CaptureDamage | undefined {
  const gets = truth.culprits.flatMap((culprit) => culprit.get_timestamp ?? [])
  if (gets.length === 0) return undefined
  const isSeconds = gets[0].includes('.')
  const last = Math.max(...gets.map(Number))
  return { text: { cutUntil: last + (isSeconds ? 0.001 : 1000) }, seed }
}

/** The held page that the kernel named; the first one when the truth does not say. */
function failingPage(truth: Truth): Truth['culprits'][number] | undefined {
  const named = truth.failed_ranges.map((range) => range.fin_pfn)
  return truth.culprits.find(({ pfn }) => named.includes(pfn)) ?? truth.culprits.at(0)
}
