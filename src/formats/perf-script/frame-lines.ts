import { CR, hexValue, LF, SPACE, TAB, textOf } from '../../base/ascii.ts'
import { type FrameTableBuilder } from '../../model/frame-table.ts'
import { type BlockCutter } from '../../model/stack-depot.ts'
import { type StringInterner } from '../../model/string-table.ts'

const ROUND_CLOSE = 41
/** `ip symbol+0x1f (dso)`, as util/evsel_fprintf.c sample__fprintf_callchain() prints it; symbol and dso may be absent. */
const FRAME = /^\s*([0-9a-f]+)(?:\s+(\S.*?))??(?:\s*\((\S.*?)\))?(\s+\(inlined\))?\s*$/
/** The kernel's own image: `[kernel.kallsyms]`, `[guest.kernel.kallsyms.7]`, a path of vmlinux, /proc/kcore. */
const CORE = /^\[(?:guest\.)?kernel(?:[.\]].*)?$|(?:^|\/)vmlinux[^/]*$|\/kcore$/
const MODULE =
  /^\[(?!(?:unknown|vdso\w*|vsyscall|vectors|sigpage|heap|stack|anon|uprobes)\])([\w.-]+)\]$|(?:^|\/)([^/]+)\.ko(?:\.\w+)*$/
/** What perf names a mapping of user space that is no file. */
const USER_NAMES = /^\[(?:vdso|vsyscall|vectors|heap|stack|anon|uprobes)|^\/\/anon/
/** PERF_CONTEXT_MAX … PERF_CONTEXT_HV of include/uapi/linux/perf_event.h: a mark, no address. */
const CONTEXT_MARK = /^fffffffffffff[0-9a-f]{3}$/
const UNKNOWN = '[unknown]'

/**
 * True when the line at `at` has the looks of a frame: blanks, then an address. Without blanks in front (a mail ate
 * them) only an address of 8 digits or more with a DSO at the end of the line will do.
 */
export function looksLikeFrame(bytes: Uint8Array, at: number): boolean {
  let next = at
  while (bytes[next] === SPACE || bytes[next] === TAB) next++
  const first = next
  while (hexValue(bytes[next]) >= 0) next++
  if (next === first || !isEndOfWord(bytes[next])) return false
  if (first > at) return true
  if (next - first < 8) return false
  while (bytes[next] !== LF) next++
  while (next > first && (bytes[next - 1] === CR || bytes[next - 1] === SPACE)) next--
  return bytes[next - 1] === ROUND_CLOSE
}

/** Cuts the lines of one call chain into frames, leaf first as printed; ends where user space begins. */
export function frameCutter(strings: StringInterner, frames: FrameTableBuilder): BlockCutter {
  return (bytes, start, end, into) => {
    for (let at = start; at < end;) {
      let lineEnd = at
      while (lineEnd < end && bytes[lineEnd] !== LF) lineEnd++
      const frame = readFrame(textOf(bytes, at, lineEnd))
      if (frame === 'user') return
      if (frame !== 'none') into.push(frames.intern(strings.intern(frame.text)))
      at = lineEnd + 1
    }
  }
}

/** A frame as the kernel would print it (`leaky_ioctl+0x6e [leaky]`), `user`, or `none` for a mark or a source line. */
export function readFrame(line: string): { readonly text: string } | 'user' | 'none' {
  const match = FRAME.exec(line)
  if (match === null || CONTEXT_MARK.test(match[1])) return 'none'
  const [, address, symbol = UNKNOWN, dso = ''] = match
  if (!isKernel(address, dso)) return 'user'
  const name = symbol === UNKNOWN ? `0x${address}` : symbol
  const module = moduleOf(dso)
  const inlined = dso === 'inlined' || match[4] !== undefined ? ' (inlined)' : ''
  return { text: `${name}${module === '' ? '' : ` [${module}]`}${inlined}` }
}

/** By the DSO where it tells, else by the address: the upper half of 64 bits is the kernel's. */
function isKernel(address: string, dso: string): boolean {
  if (CORE.test(dso) || MODULE.test(dso)) return true
  if (USER_NAMES.test(dso)) return false
  return address.length === 16 && address >= '8'
}

/** `nvidia` of `[nvidia]` or `/lib/modules/6.1/extra/nvidia.ko.xz`; empty for the kernel's own image. */
function moduleOf(dso: string): string {
  if (CORE.test(dso)) return ''
  const match = MODULE.exec(dso)
  return match === null ? '' : (match[1] ?? match[2].replaceAll('-', '_'))
}

function isEndOfWord(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === LF || byte === CR
}
