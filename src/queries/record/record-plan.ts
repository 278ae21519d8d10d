import { countPages } from '../../base/pfn-spans.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { type ConfigNeed } from './config-needs.ts'
import { pageChoice, type PageChoice } from './page-choice.ts'
import { recordSteps } from './record-steps.ts'
import { type RecordQuestion } from './record-question.ts'
import { FIRST_RELEASE, isSince, LAST_RELEASE, parseKernel } from './release-facts.ts'
import { isAreaName } from './shell-text.ts'

/** One thing to do. Plain JSON. */
export interface RecordStep {
  readonly id: string
  readonly title: string
  readonly why: string
  /** Options of the kernel's configuration. */
  readonly needs: readonly ConfigNeed[]
  readonly cost: string
  /** Lines for a POSIX shell, as root; each step stands alone. */
  readonly commands: readonly string[]
  /** What keeps the trace small. */
  readonly filter?: string
  /** `boot` is done before a boot: its commands are text for the command line or a file, and no part of the script. */
  readonly when: 'boot' | 'run'
}

/** How to record: steps in order, and what to know before. Plain JSON. */
export interface RecordPlan {
  readonly question: RecordQuestion
  readonly steps: readonly RecordStep[]
  readonly warnings: readonly string[]
}

/** CMA areas are mostly larger than 16 MiB: fewer pages are a part of one. */
const SMALL_AREA_PAGES = 4096
const MOST_PAGES = 2 ** 40
const MOST_BUFFER_KB = 2 ** 30

/** The plan for a question. The failure says in one line what in the question cannot be. */
export function recordPlan(question: RecordQuestion): Result<RecordPlan, string> {
  const kernel = parseKernel(question.kernel)
  if (kernel === undefined) return fail(`${question.kernel} names no kernel release: write 6.1 or what uname -r says`)
  const wrong = wrongIn(question)
  if (wrong !== undefined) return fail(wrong)
  const choice = pageChoice(question)
  const steps = recordSteps({ question, release: kernel.release, choice })
  return ok({ question, steps, warnings: warningsOf(question, kernel.release, choice) })
}

function wrongIn({ area, block, pages, bufferKb, isFromBoot, spans }: RecordQuestion): string | undefined {
  if (area !== undefined && !isAreaName(area)) return `${area} is no name of a CMA area: see ls /sys/kernel/debug/cma`
  if (!isCount(block, MOST_PAGES)) return 'a memory block is a whole number'
  if (!isCount(pages, MOST_PAGES) || pages === 0) return 'a number of pages is a whole number above 0'
  if (!isCount(bufferKb, MOST_BUFFER_KB) || bufferKb === 0) return 'a buffer is a whole number of KB above 0'
  return isFromBoot === true && spans.length === 0
    ? 'a trace from boot on needs PFNs: nothing can look them up then'
    : undefined
}

function isCount(value: number | undefined, most: number): boolean {
  return value === undefined || (Number.isSafeInteger(value) && value >= 0 && value <= most)
}

function warningsOf(
  { trigger, tool, isFromBoot }: RecordQuestion,
  release: number,
  choice: PageChoice,
): readonly string[] {
  const warnings: string[] = []
  if (release < FIRST_RELEASE || release > LAST_RELEASE)
    warnings.push(
      'These commands are checked for Linux 5.4 to 6.12: on this kernel look whether each of them was taken.',
    )
  if (choice.kind === 'none')
    warnings.push(
      'Without PFNs nothing keeps the trace small: page_ref events stay off, and this run only tells which pages fail. ' +
        'Open it in pinscope, and record those pages next.',
    )
  if (choice.kind === 'told' && choice.filter.widenedBy > 0)
    warnings.push(
      `So many PFNs make a filter that is longer than the kernel takes: it lets ${choice.filter.widenedBy} pages between them pass, too.`,
    )
  if (trigger === 'cma' && choice.kind === 'told' && countPages(choice.filter.spans) < SMALL_AREA_PAGES)
    warnings.push(
      'The kernel chooses the window of a CMA allocation: one elsewhere in the area shows no event of these PFNs.',
    )
  if (tool !== 'tracefs' && !isSince(release, 'instanceTriggers'))
    warnings.push('Use no trigger of events in a trace instance: before 5.18 they act on the top buffer.')
  if (isFromBoot === true && !isSince(release, 'bootTrace'))
    warnings.push('A filter from boot on needs Linux 5.6: this kernel has no boot config.')
  return warnings
}
