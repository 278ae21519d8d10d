import { CONFIG } from './config-needs.ts'
import { type RecordStep } from './record-plan.ts'
import { type RecordTrigger } from './record-question.ts'
import { type StepsAsked } from './record-steps.ts'
import { isSince } from './release-facts.ts'

const CONTROL = '/sys/kernel/debug/dynamic_debug/control'

/** What dynamic debug is asked for: which pages did not migrate, and which range could not go offline. */
function messagesOf(trigger: RecordTrigger, release: number): readonly string[] {
  return [
    // pr_debug since 5.0: `memory offlining [mem …] failed due to …` (mm/memory_hotplug.c).
    ...(trigger === 'offline' || trigger === 'wait' ? ['file mm/memory_hotplug.c'] : []),
    ...(trigger !== 'compaction' && isSince(release, 'contigDump') ? ['func alloc_contig_dump_pages'] : []),
  ]
}

/** Turns on the messages of the kernel log that name pages; none where the kernel has none. */
export function messageSteps({ question: { trigger }, release }: StepsAsked): readonly RecordStep[] {
  if (messagesOf(trigger, release).length === 0) return []
  return [
    {
      id: 'messages',
      title: 'Let the kernel log name the pages',
      why:
        'test_pages_isolated names the first page in the way alone. These messages name all that did not migrate, or the ' +
        'range that could not go offline.',
      needs: [CONFIG.dynamicDebug],
      cost: 'A stack and some lines for each page, in the kernel log, for each attempt that fails.',
      commands: controlLines(trigger, release, '+p'),
      when: 'run',
    },
  ]
}

/** Turns them off again. */
export function quietLines({ question: { trigger }, release }: StepsAsked): readonly string[] {
  return controlLines(trigger, release, '-p')
}

function controlLines(trigger: RecordTrigger, release: number, flag: '+p' | '-p'): readonly string[] {
  return messagesOf(trigger, release).map((what) => `[ -w ${CONTROL} ] && echo '${what} ${flag}' > ${CONTROL}`)
}
