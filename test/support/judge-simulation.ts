import { tellPage } from '../../src/derive/attribution/findings.ts'
import { type Reasons } from '../../src/derive/attribution/reasons.ts'
import { derive } from '../../src/derive/derive.ts'
import { type Derived } from '../../src/derive/derived.ts'
import { type Trace } from '../../src/model/trace.ts'
import { gatherReport } from '../../src/report/report-facts.ts'
import { reportJson } from '../../src/report/report-json.ts'
import { type PrintedCulprit } from '../../src/cli/eval/printed-report.ts'
import { CONFIDENT, type JudgedAnswer, type KnownHold, scoreHolders, symbolOf } from '../../src/cli/eval/score.ts'
import { type SimulatedHolder, type SimulationOptions, simulateTrace } from './simulate-trace.ts'
import { traceFromText } from './trace-from-text.ts'

/** The first answer to a page of a simulated trace, with what its confidence is made of. */
export interface JudgedSimulation extends JudgedAnswer {
  readonly reasons?: Reasons
}

/** How the report of a simulated trace compares with its truth. Lists are words, for a person to read. */
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

/** Simulates a trace and judges its report, scored as that of a recorded capture is. */
export function judgeSimulation(options: SimulationOptions): SimulationVerdict {
  const { text, holders } = simulateTrace(options)
  const trace = traceFromText(text)
  const derived = derive(trace)
  const { failures } = reportJson(gatherReport(trace, derived))
  // Of a range that failed again and again the last try counts here: most has happened to its pages by then.
  const score = scoreHolders(holders.map(knownHold), { failures: failures.toReversed() })
  const { answers } = score
  return {
    holders: score.pages,
    found: score.top1,
    kindRight: score.kindRight,
    listed: score.listed,
    answers: answers.length,
    confidences: answers.filter(({ isRight }) => isRight).map(({ confidence }) => confidence),
    judged: answers.map((answer) => ({ ...answer, ...reasonsOf(trace, derived, answer) })),
    wrongButConfident: answers
      .filter(({ confidence, isRight }) => confidence >= CONFIDENT && !isRight)
      .map((answer) => `seed ${options.seed} ${answer.text}`),
    misses: score.misses.map((miss) => `seed ${options.seed} ${miss}`),
  }
}

/** A report does not print what its confidence is made of: that is for fitting. */
function reasonsOf(trace: Trace, derived: Derived, { headPfn }: JudgedAnswer): { readonly reasons?: Reasons } {
  for (const finding of derived.findings.toReversed()) {
    const page = finding.pages.find((one) => one.headPfn === headPfn && one.culprits.length > 0)
    if (page === undefined) continue
    const { reasons } = tellPage(trace, derived, finding, page).culprits[0]
    return reasons === undefined ? {} : { reasons }
  }
  return {}
}

function knownHold(holder: SimulatedHolder): KnownHold {
  return {
    headPfn: holder.pfn,
    kind: holder.kind,
    isHolder: (culprit) => isHolder(holder, culprit),
    wanted: JSON.stringify(holder),
  }
}

/** The task that took the reference, with its function where a stack tells; who put it, when only the put was traced. */
function isHolder(holder: SimulatedHolder, { comm, pid, function: name, heldFromNs, stack }: PrintedCulprit): boolean {
  const task = `${comm}-${pid}`
  const isGetUnseen = heldFromNs === null
  if (isGetUnseen && task === holder.putTask) return true
  const isNamedByPut = name !== null && holder.putStack.split(/[\s[]/).includes(symbolOf(name))
  const isNamed = (name !== null && symbolOf(name) === holder.function) || isNamedByPut || stack.length === 0
  return task === holder.task && (isNamed || isGetUnseen)
}
