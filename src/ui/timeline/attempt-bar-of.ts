import { type AttemptAnswer } from '../../queries/timeline.ts'
import { taskText } from '../events/event-columns.tsx'
import { type ChartAttempt } from '../widgets/chart-attempt.ts'

/** An attempt as a bar, and what is said of it. */
export function attemptBarOf(attempt: AttemptAnswer): ChartAttempt {
  const { id, from, to, outcome, task, durationText, holder } = attempt
  const who = `${taskText(task) || 'an unrecorded task'}${holder === '' ? '' : ` in ${holder}`}`
  const span = from.ns === to.ns ? from.text : `${from.text} … ${to.text}, ${durationText}`
  return {
    id,
    fromNs: from.ns,
    fromText: from.text,
    toNs: to.ns,
    end: outcome,
    task: taskText(task) || 'task not recorded',
    sentence: `${outcome} ${span} by ${who}: ${whatHappened(attempt)}`,
  }
}

/** Retries, what was unmapped and mapped back, the excess that the kernel itself met. */
function whatHappened({ outcome, rounds, unmapped, remapped, excess }: AttemptAnswer): string {
  const words = [
    rounds === 0 ? NOT_UNMAPPED[outcome] : `unmapped ${rounds} ${rounds === 1 ? 'time' : 'times'}`,
    ...(rounds > 1 ? [`${rounds - 1} ${rounds === 2 ? 'retry' : 'retries'}`] : []),
    ...(unmapped > 0 || remapped > 0 ? [`${unmapped} put and ${remapped} taken again`] : []),
    ...(excess === undefined ? [] : [`its count was ${excess} above what the kernel expected`]),
    OUTCOME_WORDS[outcome],
  ]
  return words.join(', ')
}

/** A page that nothing maps is moved without an unmapping to see; one that is skipped was not tried to be moved at all. */
const NOT_UNMAPPED: Readonly<Record<AttemptAnswer['outcome'], string>> = {
  failed: 'isolated, no unmapping seen',
  skipped: 'looked at',
  moved: 'isolated, no unmapping seen',
  unfinished: 'looked at, no unmapping seen',
}

const OUTCOME_WORDS: Readonly<Record<AttemptAnswer['outcome'], string>> = {
  failed: 'put back',
  skipped: 'let go',
  moved: 'given up by whoever isolated it: migrated or reclaimed',
  unfinished: 'not seen to end',
}
