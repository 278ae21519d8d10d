import { seededRandom } from '../../../src/cli/eval/seeded-random.ts'
import { type InputFacts } from './input-store.ts'
import { TextFile } from './text-file.ts'
import { argumentText, readTraceShapes, timeText, type TraceEntry } from './trace-entry.ts'

const PFN_STEP = 0x20000
const KERNEL_TEXT = 0xffffffff81000000n

/** `page_ref_set` is of the trace system `page_ref`: perf prints both. */
const SYSTEMS: readonly (readonly [prefix: string, system: string])[] = [
  ['page_ref_', 'page_ref'],
  ['mm_page_', 'kmem'],
  ['mm_migrate_', 'migrate'],
  ['cma_', 'cma'],
  ['test_pages_', 'page_isolation'],
]

/**
 * Writes what `perf script` prints of samples with kernel stacks (tools/perf/builtin-script.c): the events of the bundled
 * capture over and over, each function at an address of its own.
 */
export function writePerfScript(
  path: string,
  { bytes, seed }: { readonly bytes: number; readonly seed: number },
): InputFacts {
  const { entries } = readTraceShapes()
  const random = seededRandom(seed)
  const frames = new Map<string, string>()
  const file = new TextFile(path)
  let events = 0
  let startUs = 0
  for (let copy = 0; file.bytes < bytes; copy++) {
    for (const entry of entries) {
      if (file.bytes >= bytes) break
      startUs += random() < 0.125 ? Math.floor(random() * 8) : 0
      file.add(sampleText(entry, startUs + entry.timeUs, copy * PFN_STEP, frames), entry.stack.length + 2)
      events++
    }
    startUs += 20_000_000
  }
  file.close()
  return { lines: file.lines, events }
}

/** `init     1 [000]     3.614272:  page_ref:page_ref_mod: pfn=0x1fb59 …`, its frames, and an empty line. */
function sampleText(entry: TraceEntry, timeUs: number, shift: number, frames: Map<string, string>): string {
  const task = `${entry.comm.padEnd(8)} ${String(entry.pid).padStart(5)} [${String(entry.cpu).padStart(3, '0')}]`
  const system = SYSTEMS.find(([prefix]) => entry.name.startsWith(prefix))?.[1] ?? 'kmem'
  const event = argumentText(entry, { shift }).slice(': '.length)
  const stack = entry.stack.map((frame) => frameText(frame, frames)).join('')
  return `${task} ${timeText(timeUs).padStart(12)}: ${`${system}:`.padStart(18)}${event}\n${stack}\n`
}

/** `\tffffffff812ae1b0 __page_ref_mod_unless+0x40 ([kernel.kallsyms])\n` */
function frameText(frame: string, frames: Map<string, string>): string {
  const known = frames.get(frame)
  if (known !== undefined) return known
  const address = (KERNEL_TEXT + BigInt(frames.size) * 0x1000n + 0x40n).toString(16)
  const [symbol, module = 'kernel.kallsyms'] = frame.replace(/\]$/, '').split(' [')
  const text = `\t${address} ${symbol}+0x40 ([${module}])\n`
  frames.set(frame, text)
  return text
}
