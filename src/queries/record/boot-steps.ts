import { attemptEvents } from './traced-events.ts'
import { CONFIG } from './config-needs.ts'
import { type RecordStep } from './record-plan.ts'
import { USUAL_BUFFER_KB } from './record-question.ts'
import { type StepsAsked } from './record-steps.ts'
import { isSince } from './release-facts.ts'

/** What is said to the kernel before it boots. */
export function bootSteps(asked: StepsAsked): readonly RecordStep[] {
  const isTraced = asked.question.isFromBoot === true && isSince(asked.release, 'bootTrace')
  return [ownerStep(asked), ...(isTraced ? [bootTraceStep(asked)] : [])]
}

function ownerStep({ question: { kernel } }: StepsAsked): RecordStep {
  const isAndroid = /android/i.test(kernel)
  return {
    id: 'page-owner',
    title: isAndroid ? 'Boot with page_owner and page_pinner' : 'Boot with page_owner',
    why:
      'page_owner knows who allocated each page, which tells what a page is and where unmovable ones come from. Leave it ' +
      'out where a boot would lose the failure: the trace tells the holders without it.',
    needs: [CONFIG.pageOwner, ...(isAndroid ? [CONFIG.pagePinner] : [])],
    cost: 'Some ten bytes for each page of memory and a stack at each allocation, until the next boot without it.',
    commands: [
      '# add to the kernel command line, and boot:',
      isAndroid ? 'page_owner=on page_pinner=on stack_depot_disable=off' : 'page_owner=on',
    ],
    when: 'boot',
  }
}

/** Documentation/trace/boottime-trace.rst: options, buffer and filters of an instance as a boot config. */
function bootTraceStep({ question, release, choice }: StepsAsked): RecordStep {
  const filter = choice.kind === 'told' ? choice.filter.text : ''
  const at = 'ftrace.instance.pinscope'
  const refs = ['set', 'mod', 'mod_and_test', 'mod_and_return', 'mod_unless', 'freeze', 'unfreeze']
  const others = attemptEvents(question.trigger, release).map((event) => event.replace('/', '.'))
  return {
    id: 'boot-trace',
    title: 'Trace from boot on',
    why:
      'A reference that is taken before the trace begins has no get in it, and so no stack. This begins before any process ' +
      'does; PFNs of a CMA area stay the same from boot to boot, others may not.',
    needs: [CONFIG.bootTrace, CONFIG.pageRef],
    cost: `${question.bufferKb ?? USUAL_BUFFER_KB} KB per CPU from boot on.`,
    commands: [
      "cat > pinscope.bconf <<'END'",
      `${at}.options = stacktrace`,
      `${at}.buffer_size = ${question.bufferKb ?? USUAL_BUFFER_KB}KB`,
      ...refs.flatMap((name) => [
        `${at}.event.page_ref.page_ref_${name}.filter = "${filter}"`,
        `${at}.event.page_ref.page_ref_${name}.enable`,
      ]),
      ...others.map((event) => `${at}.event.${event}.enable`),
      'END',
      '# tools/bootconfig of the kernel source; then boot with bootconfig on the command line',
      'bootconfig -a pinscope.bconf "/boot/initrd.img-$(uname -r)"',
    ],
    filter,
    when: 'boot',
  }
}
