import { attemptLines } from './attempt.ts'
import { CONFIG } from './config-needs.ts'
import { type RecordStep } from './record-plan.ts'
import { USUAL_BUFFER_KB } from './record-question.ts'
import { type StepsAsked } from './record-steps.ts'
import { filterLines } from './setup-lines.ts'
import { shellQuote } from './shell-text.ts'
import { attemptEvents } from './traced-events.ts'
import { attemptWords, beginWords } from './words.ts'

/** Recording with trace-cmd: one command that sets up, records while the attempt runs, and puts everything back. */
export function traceCmdSteps({ question, release, choice }: StepsAsked): readonly RecordStep[] {
  const filter = filterLines(choice)
  const events = attemptEvents(question.trigger, release).map((event) => `-e ${event.replace('/', ':')}`)
  const words = attemptWords(question.trigger)
  return [
    {
      id: 'record',
      title: `Record with trace-cmd: ${words.title}`,
      why: `-T takes a stack with each event, -f filters the events named just before, -i passes over events that this kernel lacks. ${words.why} ${beginWords}`,
      needs: [CONFIG.eventTracing, CONFIG.stacktrace, ...(filter === undefined ? [] : [CONFIG.pageRef])],
      cost: `${question.bufferKb ?? USUAL_BUFFER_KB} KB per CPU; it uses the top trace buffer and resets it. ${words.cost}`,
      commands: [
        ...(filter?.lines ?? []),
        `trace-cmd record -o pinscope-capture/trace.dat -b ${question.bufferKb ?? USUAL_BUFFER_KB} -T --cmdlines-size 4096 -i \\`,
        ...(filter === undefined ? [] : ['  -e page_ref -f "$FILTER" \\']),
        `  ${events.join(' ')} \\`,
        `  sh -c ${shellQuote(attemptLines(question).join('\n'))}`,
      ],
      ...(filter === undefined ? {} : { filter: filter.words }),
      when: 'run',
    },
  ]
}
