import { fail, ok, type Result } from '../base/result.ts'
import { nextRecording, type NextRecording } from '../queries/record/next-recording.ts'
import { recordPlan } from '../queries/record/record-plan.ts'
import { type RecordQuestion } from '../queries/record/record-question.ts'
import { recordJson } from '../report/record/record-json.ts'
import { recordScript } from '../report/record/record-script.ts'
import { recordText } from '../report/record/record-text.ts'
import { loadCapture } from './load-capture.ts'
import { type RecordCommand } from './record-arguments.ts'

/** `pinscope record`: what goes to standard output. */
export async function runRecord(command: RecordCommand): Promise<Result<string, string>> {
  const next = await nextOf(command.paths)
  if (!next.ok) return next
  const question = questionOf(command, next.value)
  if (question.kernel === '') return fail('no file of the capture tells its kernel: give --kernel')
  const plan = recordPlan(question)
  if (!plan.ok) return plan
  switch (command.form) {
    case 'json':
      return ok(`${JSON.stringify(recordJson(plan.value, next.value), undefined, 1)}\n`)
    case 'script':
      return ok(recordScript(plan.value))
    default:
      return ok(recordText(plan.value, next.value))
  }
}

async function nextOf(paths: readonly string[]): Promise<Result<NextRecording | undefined, string>> {
  if (paths.length === 0) return ok(undefined)
  const loaded = await loadCapture(paths, {})
  return loaded.ok ? ok(nextRecording(loaded.value.trace, loaded.value.derived)) : loaded
}

/** What is said stands above what a capture suggests; other pages are other folios, of which no head is known. */
function questionOf(
  { kind: _kind, paths: _paths, form: _form, ...said }: RecordCommand,
  next?: NextRecording,
): RecordQuestion {
  const { isHeadsKnown, ...suggested } = next?.question ?? { kernel: '', trigger: 'wait', spans: [] }
  return {
    tool: 'tracefs',
    ...suggested,
    ...(said.spans === undefined && isHeadsKnown === true ? { isHeadsKnown } : {}),
    ...said,
  }
}
