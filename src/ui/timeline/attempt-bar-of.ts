import { type AttemptAnswer, type RefusalAnswer } from '../../queries/timeline.ts'
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
function whatHappened({ outcome, rounds, unmapped, remapped, excess, refusal }: AttemptAnswer): string {
  const words = [
    rounds === 0 ? NOT_UNMAPPED[outcome] : `unmapped ${rounds} ${rounds === 1 ? 'time' : 'times'}`,
    ...(rounds > 1 ? [`${rounds - 1} ${rounds === 2 ? 'retry' : 'retries'}`] : []),
    ...(unmapped > 0 || remapped > 0 ? [`${unmapped} put and ${remapped} taken again`] : []),
    ...(refusal === undefined ? [] : [refusalText(refusal, excess)]),
    OUTCOME_WORDS[outcome],
  ]
  return words.join(', ')
}

/** `migration in folio_migrate_mapping refused: expected 2 references, found 3, 1 too many`. */
function refusalText({ by, symbol, times, expected, found }: RefusalAnswer, excess: number | undefined): string {
  const where = symbol === '' ? '' : ` in ${symbol}`
  const untold = symbol === '' ? ' (who tried is not in the trace)' : ''
  const often = times === 1 ? '' : ` ${times} times`
  const references = expected === 1 ? 'reference' : 'references'
  const tooMany = excess === undefined ? '' : `, ${excess} too many`
  return `${by}${where} refused${often}${untold}: expected ${expected} ${references}, found ${found}${tooMany}`
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
