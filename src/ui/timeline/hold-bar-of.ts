import { type HoldAnswer } from '../../queries/wire.ts'
import { taskText } from '../events/event-columns.tsx'
import { CLASS_STYLES } from '../theme/class-style.ts'
import { type HoldBar } from '../widgets/hold-bars.tsx'

const PIN_BIAS = 1024 // GUP_PIN_COUNTING_BIAS in include/linux/mm.h

/** What holds are judged by. */
export interface HoldJudgement {
  /** Holds at least this long are long-term, ns; undefined when the clock counts. */
  readonly thresholdNs: number | undefined
  /** Ids of holds that the finding calls leaks. */
  readonly leaks: ReadonlySet<string>
}

/** A hold as a bar: what is written on it and what is said of it. */
export function holdBarOf(hold: HoldAnswer, judgement: HoldJudgement): HoldBar {
  const label = `${hold.holder || CLASS_STYLES[hold.class].label}  ${taskText(hold.task)}`
  const duration = [durationWords(hold), ...kindWords(hold, judgement)].join(', ')
  return {
    id: hold.id,
    class: hold.class,
    fromNs: hold.from?.ns,
    toNs: hold.to?.ns,
    label,
    duration,
    sentence: `${label}: ${CLASS_STYLES[hold.class].label}, ${unitWords(hold)}, ${duration}. ${endWords(hold)}`,
  }
}

/** Classes that migration does not expect (`REFERENCE_CLASSES`): of others, how long they last is no news. */
export const UNEXPECTED_CLASSES: readonly HoldAnswer['class'][] = ['gup_get', 'gup_pin', 'driver', 'io', 'unknown']

function kindWords(hold: HoldAnswer, { thresholdNs, leaks }: HoldJudgement): readonly string[] {
  if (!UNEXPECTED_CLASSES.includes(hold.class)) return []
  const gone = hold.taskExit?.isGone ? ['its task is gone'] : []
  if (leaks.has(hold.id)) return ['leak', ...gone]
  if (hold.kind === 'open') return ['no put seen', ...gone]
  if (thresholdNs === undefined) return []
  if (hold.durationNs >= thresholdNs) return ['long-term']
  return hold.isAtLeast ? [] : ['transient']
}

/** A bound of nothing says nothing: then it is not known how long. */
function durationWords({ isAtLeast, durationNs, durationText }: HoldAnswer): string {
  if (!isAtLeast) return durationText
  return durationNs === 0 ? 'how long is not known' : `at least ${durationText}`
}

/** How many references: FOLL_PIN's 1024 are one pin, anything else is no pin. */
export function unitWords({ class: id, units }: Pick<HoldAnswer, 'class' | 'units'>): string {
  if (id === 'gup_pin' && units % PIN_BIAS === 0 && units > 0) {
    const pins = units / PIN_BIAS
    return `${pins} ${pins === 1 ? 'pin' : 'pins'} (${units} references)`
  }
  return `${units} ${units === 1 ? 'reference' : 'references'}`
}

/** When it was taken and dropped, or that this is not in the trace. */
export function endWords({ from, to }: Pick<HoldAnswer, 'from' | 'to'>): string {
  const got = from ? `Taken at ${from.text}` : 'No get for this reference in the trace: it began before'
  const put = to ? `dropped at ${to.text}` : 'no put before the trace or the page’s lifetime ends'
  return `${got}; ${put}.`
}
