import { type Trace } from '../../src/model/trace.ts'
import { traceFromText, type TraceFromTextOptions } from './trace-from-text.ts'

/** Page of a told line that names none. */
export const PFN = 0x100

/**
 * A trace told in short: one line an event, in the kernel's words, with its stack after `<`, leaf first.
 *
 *     tell(`
 *       app-7  0 1.000100 set 1 count=1 < do_anonymous_page handle_mm_fault
 *       drv-9  1 1.200000 +1 count=2 mapcount=0 < leaky_grab[leaky] vfs_ioctl
 *       init-1 0 2.000000 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
 *     `)
 *
 * Task, CPU, time, then what was done to the count: `set 1`, `+1` (page_ref_mod), `-1` (page_ref_mod_and_test, whose
 * ret follows from count), `-1 plain` (page_ref_mod), `+1 unless`, `+1 refused`, `-1 return`, `freeze 2`,
 * `freeze 2 refused`, `unfreeze 2`. `pfn=`, `mapcount=`, `flags=` may follow. Anything else with a colon is an event
 * as the kernel prints it; a line that begins with `#` or `CPU:` is kept as it is. Line numbers count printed lines.
 */
export function tell(story: string, options: TraceFromTextOptions = {}): Trace {
  return traceFromText(tracedText(story), options)
}

/** The ftrace text of a story. */
export function tracedText(story: string): string {
  return story
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap(printed)
    .join('\n')
}

function printed(line: string): readonly string[] {
  if (line.startsWith('#') || line.startsWith('CPU:')) return [line]
  const match = /^(\S+-\d+)\s+(\d+)\s+([\d.]+)\s+(.*?)(?:\s*<\s+(.*))?$/.exec(line)
  if (!match) throw new Error(`no told line: ${line}`)
  const [, task, cpu, time, what, stack] = match
  const head = `${task.padStart(16)} [${cpu.padStart(3, '0')}] ..... ${inMicroseconds(time)}:`
  return [`${head} ${eventText(what)}`, ...(stack === undefined ? [] : stackLines(head, stack))]
}

/** `1.5` as the kernel prints it, `1.500000`. */
function inMicroseconds(time: string): string {
  const [seconds, fraction = ''] = time.split('.')
  return `${seconds}.${fraction.padEnd(6, '0')}`
}

function stackLines(head: string, stack: string): readonly string[] {
  const frames = stack.split(/\s+/).map((frame) => ` => ${frame.replace('[', ' [')}`)
  return [`${head} <stack trace>`, ...frames]
}

function eventText(what: string): string {
  const match = /^(set|freeze|unfreeze|[+-]\d+)(?: (\d+))?(?: (refused|unless|plain|return))?(?= |$)(.*)$/.exec(what)
  if (!match) return what
  const [, verb, amount, how = '', rest] = match
  const given = new Map(Array.from(rest.matchAll(/(\w+)=(\S+)/g), ([, name, value]) => [name, value]))
  const count = Number(given.get('count') ?? amount ?? 0)
  const page = [
    `pfn=${given.get('pfn') ?? `0x${PFN.toString(16)}`}`,
    `flags=${given.get('flags') ?? (verb === 'set' ? 'none' : 'uptodate|lru|swapbacked')}`,
    `count=${count}`,
    `mapcount=${given.get('mapcount') ?? (verb === 'set' ? -1 : 0)}`,
    `mapping=${given.get('mapping') ?? (verb === 'set' ? '0000000000000000' : '00000000a1b2c3d4')} mt=4`,
  ].join(' ')
  return operation(verb, amount, how, page, count)
}

function operation(verb: string, amount: string | undefined, how: string, page: string, count: number): string {
  if (verb === 'set') return `page_ref_set: ${page} val=${amount ?? ''}`
  if (verb === 'unfreeze') return `page_ref_unfreeze: ${page} val=${amount ?? ''}`
  if (verb === 'freeze') return `page_ref_freeze: ${page} val=${amount ?? ''} ret=${how === 'refused' ? 0 : 1}`
  const val = `val=${Number(verb)}`
  if (how === 'unless' || how === 'refused')
    return `page_ref_mod_unless: ${page} ${val} ret=${how === 'unless' ? 1 : 0}`
  if (how === 'return') return `page_ref_mod_and_return: ${page} ${val} ret=${count}`
  if (how === 'plain' || Number(verb) > 0) return `page_ref_mod: ${page} ${val}`
  return `page_ref_mod_and_test: ${page} ${val} ret=${count === 0 ? 1 : 0}`
}
