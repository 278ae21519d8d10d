import { assertUnreachable } from '../../base/assert.ts'
import { bootSteps } from './boot-steps.ts'
import { collectStep } from './collect-step.ts'
import { CONFIG } from './config-needs.ts'
import { messageSteps } from './message-lines.ts'
import { type PageChoice } from './page-choice.ts'
import { type RecordStep } from './record-plan.ts'
import { type RecordQuestion } from './record-question.ts'
import { perfSteps } from './perf-steps.ts'
import { traceCmdSteps } from './trace-cmd-steps.ts'
import { tracefsSteps } from './tracefs-steps.ts'
import { watchSteps } from './watch-steps.ts'

/** What steps are made from. */
export interface StepsAsked {
  readonly question: RecordQuestion
  readonly release: number
  readonly choice: PageChoice
}

/** Everything to do, in order. */
export function recordSteps(asked: StepsAsked): readonly RecordStep[] {
  const [watch, unwatch] = asked.question.trigger === 'wait' ? watchSteps(asked.release) : []
  const { record, stop } = toolSteps(asked)
  return [
    checkStep(asked),
    ...bootSteps(asked),
    folderStep(),
    ...messageSteps(asked),
    ...(watch === undefined ? [] : [watch]),
    ...record,
    collectStep(asked),
    ...stop,
    ...(unwatch === undefined ? [] : [unwatch]),
    packStep(),
  ]
}

function toolSteps(asked: StepsAsked): {
  readonly record: readonly RecordStep[]
  readonly stop: readonly RecordStep[]
} {
  switch (asked.question.tool) {
    case 'tracefs':
      return tracefsSteps(asked)
    case 'trace-cmd':
      return { record: traceCmdSteps(asked), stop: [] }
    case 'perf':
      return { record: perfSteps(asked), stop: [] }
    default:
      return assertUnreachable(asked.question.tool)
  }
}

function checkStep({ question: { trigger } }: StepsAsked): RecordStep {
  const needs = [
    CONFIG.pageRef,
    CONFIG.stacktrace,
    CONFIG.eventTracing,
    CONFIG.isolation,
    ...(trigger === 'cma' ? [CONFIG.cmaDebugfs] : []),
    ...(trigger === 'offline' ? [CONFIG.hotRemove] : []),
    ...(trigger === 'compaction' || trigger === 'hugetlb' ? [CONFIG.compaction] : []),
    ...(trigger === 'hugetlb' ? [CONFIG.hugetlb] : []),
    CONFIG.pageOwner,
  ]
  const options = needs.map(({ option }) => option).join('|')
  return {
    id: 'check',
    title: 'Look what this kernel can record',
    why: 'Without page_ref events nothing tells who holds a page: page_owner says who allocated it, and no more.',
    needs,
    cost: 'None.',
    commands: [
      'grep -q " /sys/kernel/debug " /proc/mounts || mount -t debugfs debugfs /sys/kernel/debug',
      '[ -d /sys/kernel/tracing/events ] || mount -t tracefs tracefs /sys/kernel/tracing',
      `{ zcat /proc/config.gz || cat "/boot/config-$(uname -r)"; } 2>/dev/null | grep -E '^(${options})='`,
      'ls -d /sys/kernel/tracing/events/page_ref /sys/kernel/debug/page_owner',
    ],
    when: 'run',
  }
}

function folderStep(): RecordStep {
  return {
    id: 'folder',
    title: 'Make a folder for what is recorded',
    why: 'All files of one boot make one capture; pinscope opens the folder as it is.',
    needs: [],
    cost: 'Some MB of disk.',
    commands: ['mkdir -p pinscope-capture'],
    when: 'run',
  }
}

function packStep(): RecordStep {
  return {
    id: 'pack',
    title: 'Pack it, and open it',
    why: 'Drop the archive or the folder on pinscope; nothing is sent anywhere.',
    needs: [],
    cost: 'None.',
    commands: ['tar -czf pinscope-capture.tar.gz pinscope-capture', '# pinscope report pinscope-capture.tar.gz'],
    when: 'run',
  }
}
