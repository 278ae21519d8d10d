import { readFileSync } from 'node:fs'
import * as v from 'valibot'

const Culprit = v.object({
  pfn: v.number(),
  head_pfn: v.optional(v.number()),
  comm: v.string(),
  pid: v.number(),
  acceptable_functions: v.array(v.string()),
  kind: v.picklist(['leak', 'long_term', 'transient']),
  get_timestamp: v.nullish(v.string()),
  put_timestamp: v.nullish(v.string()),
  put_comm: v.nullish(v.string()),
  put_pid: v.nullish(v.number()),
  put_stack: v.optional(v.array(v.string()), []),
})

const Truth = v.object({
  scenario: v.string(),
  trigger: v.string(),
  outcome: v.picklist(['fail', 'success']),
  failed_ranges: v.array(v.object({ start_pfn: v.number(), end_pfn: v.number(), fin_pfn: v.nullish(v.number()) })),
  culprits: v.array(Culprit),
  unmarked_pfns: v.optional(v.array(v.number()), []),
})

/** One page that is known to be held, by whom and how long. PFNs are numbers, times as the trace prints them. */
export type TrueCulprit = v.InferOutput<typeof Culprit>

/** What a capture is known to show. */
export type Truth = v.InferOutput<typeof Truth>

/** Reads `truth.json`. Throws when it is not one. */
export function readTruth(path: string): Truth {
  return v.parse(Truth, JSON.parse(readFileSync(path, 'utf8')))
}
