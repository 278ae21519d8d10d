import * as v from 'valibot'

const listOf = <const Entry extends v.GenericSchema>(entry: Entry) => v.pipe(v.array(entry), v.readonly())

const Culprit = v.object({
  rank: v.number(),
  headPfn: v.number(),
  comm: v.nullable(v.string()),
  pid: v.nullable(v.number()),
  function: v.nullable(v.string()),
  stack: listOf(v.string()),
  kind: v.string(),
  class: v.string(),
  heldFromNs: v.nullable(v.string()),
  confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  anyOf: v.number(),
})

const Failure = v.object({
  id: v.string(),
  trigger: v.string(),
  startPfn: v.number(),
  endPfn: v.number(),
  culprits: listOf(Culprit),
})

const Pinner = v.object({
  stack: listOf(v.string()),
  pfns: listOf(v.number()),
  tasks: listOf(v.object({ comm: v.string(), pid: v.number() })),
})

const Report = v.object({
  schema: v.literal('pinscope.report/1'),
  failures: listOf(Failure),
  pinners: listOf(Pinner),
  hidden: v.object({ events: v.object({ total: v.number(), shown: v.number() }) }),
})

/** A holder as the report has it. */
export type PrintedCulprit = v.InferOutput<typeof Culprit>

/** What is scored of the JSON that `pinscope report --json` prints. `ReportJson` has this shape. */
export type PrintedReport = v.InferOutput<typeof Report>

/** Reads what the command printed. Throws when it is no report. */
export function parseReport(text: string): PrintedReport {
  return v.parse(Report, JSON.parse(text))
}
