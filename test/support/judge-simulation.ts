import { type Culprit } from '../../src/derive/attribution/finding.ts'
import { type Reasons } from '../../src/derive/attribution/reasons.ts'
import { derive } from '../../src/derive/derive.ts'
import { CONFIDENT } from '../eval/score.ts'
import { type SimulatedHolder, type SimulationOptions, simulateTrace } from './simulate-trace.ts'
import { traceFromText } from './trace-from-text.ts'

/** The first answer to a page of a simulated trace. */
export interface JudgedSimulation {
  readonly confidence: number
  readonly isHeld: boolean
  readonly isRight: boolean
  readonly reasons?: Reasons
}

/** How the findings of a simulated trace compare with its truth. Lists are words, for a person to read. */
export interface SimulationVerdict {
  readonly holders: number
  /** Holders that are the first answer of their page, with the right function. */
  readonly found: number
  /** Of these, those whose kind is right. */
  readonly kindRight: number
  /** Holders that are among the answers of their page which the evidence does not tell apart. */
  readonly listed: number
  /** Pages with an answer. */
  readonly answers: number
  /** Confidence in each holder that was found. */
  readonly confidences: readonly number[]
  /** The first answer to every page that has one: how sure it was, and whether it is right. */
  readonly judged: readonly JudgedSimulation[]
  /** Confident answers for somebody who did not hold the page over the failure. */
  readonly wrongButConfident: readonly string[]
  /** Holders that are not the first answer of their page, and kinds that are wrong. */
  readonly misses: readonly string[]
}

/** Simulates a trace, derives it and judges the findings. */
export function judgeSimulation(options: SimulationOptions): SimulationVerdict {
  const { text, holders } = simulateTrace(options)
  const answers = new Map<number, Culprit>()
  const alike = new Map<number, readonly Culprit[]>()
  for (const { pages } of derive(traceFromText(text)).findings) {
    for (const { headPfn, culprits } of pages) {
      if (culprits.length === 0) continue
      answers.set(headPfn, culprits[0])
      alike.set(headPfn, culprits.slice(0, culprits[0].anyOf))
    }
  }
  const asked = holders.map((holder) => ({ holder, answer: answers.get(holder.pfn) }))
  const found = asked.filter(({ holder, answer }) => isHolder(holder, answer))
  const kindRight = found.filter(({ holder, answer }) => answer?.kind === holder.kind)
  return {
    holders: holders.length,
    found: found.length,
    kindRight: kindRight.length,
    listed: holders.filter((holder) => alike.get(holder.pfn)?.some((answer) => isHolder(holder, answer)) === true)
      .length,
    answers: answers.size,
    confidences: found.flatMap(({ answer }) => answer?.confidence ?? []),
    judged: [...answers].map(([pfn, answer]) => {
      const holder = holders.find((other) => other.pfn === pfn)
      const isHeld = holder !== undefined
      const { confidence, reasons } = answer
      return { confidence, isHeld, isRight: isHeld && isHolder(holder, answer), ...(reasons && { reasons }) }
    }),
    wrongButConfident: [...answers]
      .filter(([pfn, answer]) => {
        const holder = holders.find((other) => other.pfn === pfn)
        return answer.confidence >= CONFIDENT && (holder === undefined || !isHolder(holder, answer))
      })
      .map(([pfn, answer]) => `seed ${options.seed} 0x${pfn.toString(16)} ${answerText(answer)}`),
    misses: asked
      .filter(({ holder, answer }) => !isHolder(holder, answer) || answer?.kind !== holder.kind)
      .map(({ holder, answer }) => `seed ${options.seed} ${JSON.stringify(holder)}; got ${answerText(answer)}`),
  }
}

/** The task that took the reference, with its function where a stack tells; who put it, when only the put was traced. */
function isHolder(holder: SimulatedHolder, answer: Culprit | undefined): boolean {
  if (answer === undefined) return false
  const task = `${answer.comm}-${answer.pid}`
  if (answer.heldFrom === undefined && task === holder.putTask) return true
  const isNamedByPut = answer.function !== '' && holder.putStack.split(/[\s[]/).includes(answer.function)
  const isNamed = answer.function === holder.function || isNamedByPut || answer.stack < 0
  return task === holder.task && (isNamed || answer.heldFrom === undefined)
}

function answerText(answer: Culprit | undefined): string {
  if (answer === undefined) return 'none'
  const { comm, pid, function: name, class: reference, kind, confidence } = answer
  return `${comm}-${pid} ${name} ${reference} ${kind} ${confidence}`
}
