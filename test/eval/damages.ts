import { type CaptureDamage } from './read-capture.ts'
import { type Truth } from './truth.ts'

/** A way to damage a capture; undefined when it cannot be done to it. */
export interface DamagePlan {
  readonly name: string
  readonly damageOf: (truth: Truth, seed: number) => CaptureDamage | undefined
}

/** What the evaluation does to each capture, beside leaving it whole. */
export const DAMAGE_PLANS: readonly DamagePlan[] = [
  { name: 'whole', damageOf: () => ({ text: {}, seed: 0 }) },
  { name: '10 % of page_ref events lost', damageOf: (_, seed) => ({ text: { dropEvents: 0.1 }, seed }) },
  { name: 'half of the stacks lost', damageOf: (_, seed) => ({ text: { dropStacks: 0.5 }, seed }) },
  { name: 'trace begins after the get', damageOf: (truth, seed) => cutAfterGet(truth, seed) },
]

function cutAfterGet(truth: Truth, seed: number): CaptureDamage | undefined {
  const gets = truth.culprits.flatMap((culprit) => culprit.get_timestamp ?? [])
  if (gets.length === 0) return undefined
  const isSeconds = gets[0].includes('.')
  const last = Math.max(...gets.map(Number))
  return { text: { cutUntil: last + (isSeconds ? 0.001 : 1000) }, seed }
}
