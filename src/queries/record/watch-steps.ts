import { WATCH } from './attempt.ts'
import { CONFIG } from './config-needs.ts'
import { type RecordStep } from './record-plan.ts'
import { failureEvents } from './traced-events.ts'

/** A second, small trace that says when it failed; and how it goes. A traceoff trigger would cut off who lets go after it. */
export function watchSteps(release: number): readonly [RecordStep, RecordStep] {
  return [watchStep(release), unwatchStep()]
}

function watchStep(release: number): RecordStep {
  return {
    id: 'watch',
    title: 'Set up what notices the failure',
    why:
      'A second instance with the failing events alone, read as they come. A traceoff trigger would stop at the failure, ' +
      'and the puts after it, which name who let go, would be missing.',
    needs: [CONFIG.isolation],
    cost: '64 KB per CPU.',
    commands: [
      `W=${WATCH}`,
      'mkdir "$W"',
      'echo 64 > "$W/buffer_size_kb"',
      'echo 0 > "$W/options/stacktrace"',
      `for E in ${failureEvents(release).join(' ')}; do [ -d "$W/events/$E" ] && echo 1 > "$W/events/$E/enable"; done`,
    ],
    when: 'run',
  }
}

function unwatchStep(): RecordStep {
  return {
    id: 'unwatch',
    title: 'Take that away',
    why: 'The second instance is gone.',
    needs: [],
    cost: 'None.',
    commands: [`W=${WATCH}`, 'echo 0 > "$W/events/enable"', 'rmdir "$W"'],
    when: 'run',
  }
}
