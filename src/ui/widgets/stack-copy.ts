import { createContext } from 'react'
import { type CopyTable } from '../../base/copy-table.ts'
import { type SourceFacts } from '../../base/source-template.ts'
import { type CopyText } from './copy-menu.tsx'

/** One frame of a stack. */
export interface Frame {
  /** As printed: `leaky_ioctl+0x1a/0x60 [leaky]`. */
  readonly text: string
  /** Function of a frame that is printed as a bare address. */
  readonly resolved?: string
  readonly isInstrumentation: boolean
  readonly isHolder: boolean
}

/** The address of a frame's source, by what the frame says; nothing where a person has not said how to make one. */
export const SourceContext = createContext<(facts: SourceFacts) => string | undefined>(() => undefined)

/** `6.8` of `6.8.0-45-generic`, `6.12.3` of `6.12.3+`, `6.13-rc2` of `6.13.0-rc2`: how releases are tagged. */
export function sourceRelease(release: string | undefined): string | undefined {
  const match = /^(\d+\.\d+)(?:\.(\d+))?(-rc\d+)?/.exec(release ?? '')
  if (!match) return undefined
  const [, series, patch, candidate] = match
  return `${series}${patch === undefined || patch === '0' ? '' : `.${patch}`}${candidate ?? ''}`
}

/** A frame as it is shown. */
export function frameText({ text, resolved }: Frame): string {
  return resolved === undefined ? text : `${text} ${resolved}`
}

/** The stack as the kernel prints it in traces: one ` => frame` a line, leaf first. */
export function stackText(frames: readonly Frame[]): string {
  return frames.map((frame) => ` => ${frameText(frame)}\n`).join('')
}

/** Texts that are no tables: as the kernel prints it, fenced for Markdown, and on one line for flame graphs. */
export function stackTexts(frames: readonly Frame[]): readonly CopyText[] {
  return [
    { label: 'text', extension: 'txt', write: () => stackText(frames) },
    { label: 'Markdown', extension: 'md', write: () => `\`\`\`\n${stackText(frames)}\`\`\`\n` },
    { label: 'folded', extension: 'folded', write: () => foldedText(frames) },
  ]
}

/** `do_syscall_64;do_tee;try_get_folio 1`: root first, functions alone, as flame graph tools read it. */
export function foldedText(frames: readonly Frame[]): string {
  return `${frames
    .map((frame) => frameFacts(frame).symbol ?? frameText(frame))
    .toReversed()
    .join(';')} 1\n`
}

/** The frames as rows, leaf first. */
export function stackTable(frames: readonly Frame[], title: string): CopyTable {
  const columns = [
    { header: 'depth', align: 'end' as const },
    ...['frame', 'function', 'module', 'role'].map((header) => ({ header })),
  ]
  const rows = frames.map((frame, depth) => {
    const { symbol = '', module = '' } = frameFacts(frame)
    return [String(depth), frameText(frame), symbol, module, roleOf(frame)]
  })
  return { title, columns, rows, source: 'leaf first' }
}

function roleOf({ isHolder, isInstrumentation }: Frame): string {
  if (isHolder) return 'holder'
  return isInstrumentation ? 'tracepoint' : ''
}

/**
 * What a frame says of its source: `leaky_ioctl+0x1a/0x60 [leaky]` is a function, an offset and a module. What the compiler
 * adds to a clone's name (`.isra.0`, `.constprop.0`, `.part.0`, `.cold`, `.llvm.123`) is no part of the source's name.
 */
export function frameFacts({ text, resolved }: Frame): SourceFacts {
  const match = /^\s*([A-Za-z_$][\w$.]*)(?:\+(0x[0-9a-f]+)(?:\/0x[0-9a-f]+)?)?(?:\s+\[([\w-]+)[^\]]*\])?/.exec(
    resolved ?? text,
  )
  const place = /\(?([\w./-]+\.[chSs]):(\d+)\)?/.exec(text)
  return {
    symbol: match?.[1].replace(/\.(?:isra|constprop|part|cold|llvm|lto_priv)\b.*$/, ''),
    offset: match?.[2],
    module: match?.[3],
    file: place?.[1],
    line: place?.[2],
  }
}
