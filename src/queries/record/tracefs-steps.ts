import { attemptLines } from './attempt.ts'
import { CONFIG } from './config-needs.ts'
import { type RecordStep } from './record-plan.ts'
import { USUAL_BUFFER_KB } from './record-question.ts'
import { type StepsAsked } from './record-steps.ts'
import { filterLines } from './setup-lines.ts'
import { attemptEvents } from './traced-events.ts'
import { attemptWords, beginWords } from './words.ts'

const T = 'T=/sys/kernel/tracing/instances/pinscope'

/** Recording with the files of tracefs alone: nothing to install. */
export function tracefsSteps(asked: StepsAsked): {
  readonly record: readonly RecordStep[]
  readonly stop: readonly RecordStep[]
} {
  return { record: [setupStep(asked), beginStep(), attemptStep(asked), saveStep()], stop: [removeStep()] }
}

function setupStep({ question, release, choice }: StepsAsked): RecordStep {
  const filter = filterLines(choice)
  const buffer = question.bufferKb ?? USUAL_BUFFER_KB
  const events = [...(filter === undefined ? [] : ['page_ref']), ...attemptEvents(question.trigger, release)]
  return {
    id: 'setup',
    title: 'Set up a trace of these pages alone',
    why:
      'An instance has a buffer of its own, so that nobody else’s tracing is touched. Stacks come from its option: the ' +
      'stacktrace trigger writes to the top buffer before 5.18. saved_cmdlines_size keeps the names of tasks.',
    needs: [CONFIG.eventTracing, CONFIG.stacktrace, ...(filter === undefined ? [] : [CONFIG.pageRef])],
    cost:
      `${buffer} KB of memory per CPU; an event with its stack takes some 200 bytes. The kernel compares each reference ` +
      'of the machine with the filter.',
    commands: [
      T,
      'mkdir "$T" && echo 0 > "$T/tracing_on"',
      `echo ${buffer} > "$T/buffer_size_kb"`,
      'echo 1 > "$T/options/stacktrace"',
      'echo 4096 > /sys/kernel/tracing/saved_cmdlines_size',
      ...(filter === undefined
        ? []
        : [...filter.lines, 'for F in "$T"/events/page_ref/*/filter; do echo "$FILTER" > "$F"; done']),
      `for E in ${events.join(' ')}; do [ -d "$T/events/$E" ] && echo 1 > "$T/events/$E/enable"; done`,
    ],
    ...(filter === undefined ? {} : { filter: filter.words }),
    when: 'run',
  }
}

function beginStep(): RecordStep {
  return {
    id: 'begin',
    title: 'Begin, then start what may hold the pages',
    why: beginWords,
    needs: [],
    cost: 'The events, from now on.',
    commands: [T, 'echo 1 > "$T/tracing_on"'],
    when: 'run',
  }
}

function attemptStep({ question }: StepsAsked): RecordStep {
  return {
    id: 'attempt',
    ...attemptWords(question.trigger),
    needs: [],
    commands: attemptLines(question),
    when: 'run',
  }
}

function saveStep(): RecordStep {
  return {
    id: 'save',
    title: 'Stop, and save the trace',
    why: 'Stopped first: reading and writing files moves pages, too. The stats tell what the buffer lost.',
    needs: [],
    cost: 'Text of some 500 bytes an event.',
    commands: [
      T,
      'echo 0 > "$T/tracing_on"',
      'cat "$T/trace" > pinscope-capture/trace.txt',
      'cat "$T/trace_clock" > pinscope-capture/trace_clock',
      'grep -H -E "^(overrun|dropped events): [1-9]" "$T"/per_cpu/cpu*/stats',
    ],
    when: 'run',
  }
}

function removeStep(): RecordStep {
  return {
    id: 'remove',
    title: 'Take the trace away',
    why: 'The instance and its buffer are gone; the kernel is as it was.',
    needs: [],
    cost: 'None.',
    commands: [T, 'echo 0 > "$T/events/enable"', 'rmdir "$T"'],
    when: 'run',
  }
}
