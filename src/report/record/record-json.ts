import { type NextRecording } from '../../queries/record/next-recording.ts'
import { type RecordPlan } from '../../queries/record/record-plan.ts'
import { recordScript } from './record-script.ts'

/** How to record, for machines: the plan with its question, the script, and why these pages, where a capture was asked. */
export function recordJson(plan: RecordPlan, next?: NextRecording): object {
  const { question, warnings, steps } = plan
  return {
    schema: 'pinscope.record/1',
    question,
    warnings,
    ...(next === undefined ? {} : { next }),
    steps,
    script: recordScript(plan),
  }
}
