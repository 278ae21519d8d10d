import { pfnFilter, type PfnFilter } from './pfn-filter.ts'
import { type RecordQuestion } from './record-question.ts'
import { shellQuote } from './shell-text.ts'

/** Which pages are traced: told, looked up by the commands themselves, or not known. */
export type PageChoice =
  | { readonly kind: 'told'; readonly filter: PfnFilter }
  /** `lines` set LOW and HIGH, `[LOW, HIGH)`. */
  | { readonly kind: 'looked_up'; readonly lines: readonly string[] }
  | { readonly kind: 'none' }

/** The pages of a question. */
export function pageChoice(question: RecordQuestion): PageChoice {
  const { spans, trigger, area, block, isHeadsKnown } = question
  if (spans.length > 0) return { kind: 'told', filter: pfnFilter(spans, isHeadsKnown) }
  if (trigger === 'cma' || (area !== undefined && trigger === 'wait'))
    return { kind: 'looked_up', lines: [areaLine(area), 'LOW=$(cat "$C/base_pfn"); HIGH=$((LOW + $(cat "$C/count")))'] }
  if (block !== undefined) return { kind: 'looked_up', lines: blockLines(block) }
  return { kind: 'none' }
}

/** Sets C to the folder of a CMA area: its name, from the years before 5.13 or so behind `cma-` and cut to 15 characters. */
export function areaLine(area: string | undefined): string {
  const folder = '/sys/kernel/debug/cma/'
  if (area === undefined) return `C=$(ls -d ${folder}*/ | head -n 1)`
  const names = [...new Set([area, `cma-${area}`, `cma-${area}`.slice(0, 15)])]
  return `C=$(ls -d ${names.map((name) => folder + shellQuote(name)).join(' ')} 2>/dev/null | head -n 1)`
}

/** Sets PAGE to the bytes of a page; small systems have no getconf. */
export const PAGE_LINE =
  "PAGE=$(getconf PAGESIZE 2>/dev/null || awk '/KernelPageSize/ { print $2 * 1024; exit }' /proc/self/smaps)"

/** Pages of a memory block; block_size_bytes is hex without 0x (drivers/base/memory.c block_size_bytes_show()). */
function blockLines(block: number): readonly string[] {
  return [
    PAGE_LINE,
    'SIZE=$((0x$(cat /sys/devices/system/memory/block_size_bytes) / PAGE))',
    `LOW=$((${block} * SIZE)); HIGH=$((LOW + SIZE))`,
  ]
}
