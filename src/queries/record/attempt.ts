import { assertUnreachable } from '../../base/assert.ts'
import { areaLine, PAGE_LINE } from './page-choice.ts'
import { type RecordQuestion } from './record-question.ts'

/** Seconds that the trace goes on after the attempt: who lets go late is seen then. */
const AFTER_SECONDS = 5
/** Each try unmaps and maps all pages anew: more of them push out of the buffer who took the references before. */
const OFFLINE_SECONDS = 2
const WAIT_SECONDS = 3600

/** The folder of the trace instance that waits for a failure. */
export const WATCH = '/sys/kernel/tracing/instances/pinscope-watch'

/** Lines of a failure, as events print them: ret=fail, an error number from 6.9 on, no page before. */
const FAILED = String.raw`ret=fail|errorno=-|page=(\(null\)|0+)( |$)`

/** Makes the kernel try, puts back what that changed, and goes on a little. Lines for a shell. */
export function attemptLines(question: RecordQuestion): readonly string[] {
  return [...linesOf(question), `sleep ${AFTER_SECONDS}`]
}

function linesOf(question: RecordQuestion): readonly string[] {
  switch (question.trigger) {
    case 'cma':
      return cmaLines(question)
    case 'offline':
      return offlineLines(question)
    case 'compaction':
      return ['echo 1 > /proc/sys/vm/compact_memory']
    case 'hugetlb':
      return hugetlbLines(question)
    case 'wait':
      return [`timeout ${WAIT_SECONDS} grep -m 1 -E '${FAILED}' ${WATCH}/trace_pipe`]
    default:
      return assertUnreachable(question.trigger)
  }
}

/** The longest free run, unless told: more than that fails without any attempt (mm/cma.c, -ENOMEM from the bitmap). */
function cmaLines({ area, pages }: RecordQuestion): readonly string[] {
  return [
    areaLine(area),
    `N=${pages ?? '$(cat "$C/maxchunk")'}`,
    'if echo "$N" > "$C/alloc"; then echo "$N" > "$C/free"; fi',
  ]
}

/** Offlining goes on until a signal comes; a block that did go offline comes back to the zone that it was in. */
function offlineLines({ block, spans }: RecordQuestion): readonly string[] {
  const memory = '/sys/devices/system/memory'
  const size = `0x$(cat ${memory}/block_size_bytes)`
  const number = block !== undefined ? String(block) : `$((${spans.at(0)?.startPfn ?? 0} * PAGE / ${size}))`
  return [
    ...(block === undefined ? [PAGE_LINE] : []),
    `B=${memory}/memory${number}`,
    'case $(cat "$B/valid_zones") in Movable*) ON=online_movable ;; *) ON=online ;; esac',
    `if timeout ${OFFLINE_SECONDS} sh -c 'echo offline > "$1/state"' sh "$B"; then echo "$ON" > "$B/state"; fi`,
  ]
}

function hugetlbLines({ pages = 64 }: RecordQuestion): readonly string[] {
  return [
    'OLD=$(cat /proc/sys/vm/nr_hugepages)',
    `echo $((OLD + ${pages})) > /proc/sys/vm/nr_hugepages`,
    'cat /proc/sys/vm/nr_hugepages; echo "$OLD" > /proc/sys/vm/nr_hugepages',
  ]
}
