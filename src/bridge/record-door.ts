import { recordPlan, type RecordPlan } from '../queries/record/record-plan.ts'
import { type RecordQuestion } from '../queries/record/record-question.ts'
import { recordScript } from '../report/record/record-script.ts'

/** A plan with all of it as one script, or what in the question cannot be. */
export type RecordAnswer =
  | { readonly ok: true; readonly plan: RecordPlan; readonly script: string }
  | { readonly ok: false; readonly problem: string }

/** How to record. Answered on the page itself and at once: it asks nothing of a capture, so there needs to be none. */
export function planRecording(question: RecordQuestion): RecordAnswer {
  const plan = recordPlan(question)
  if (!plan.ok) return { ok: false, problem: plan.error }
  return { ok: true, plan: plan.value, script: recordScript(plan.value) }
}
