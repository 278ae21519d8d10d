import { hashText } from '../../base/hash.ts'
import { type Culprit } from '../../derive/attribution/finding.ts'
import { REFERENCE_CLASSES } from '../../derive/attribution/reference-class.ts'
import { type Derived } from '../../derive/derived.ts'
import { holderFrameOf, isInstrumentationFrame } from '../../derive/holder-frame.ts'
import { plainSymbol, stackOfHash } from '../../derive/stack-hash.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { type HoldKeys, holdKeysOf } from '../pinner-keys.ts'
import { holderText } from '../stack-answer.ts'
import { type CompareGrouping } from './compare-question.ts'

/** The group of every hold, by names that are the same in another capture of another boot. */
export interface CompareKeys {
  /** Group of each hold: `0 … names.length - 1`. */
  readonly keyOf: Int32Array
  /**
   * Names: the holder's frame; a hash over a stack's function names, without the frames of the tracepoint; a comm; the
   * id of a class. Empty for what was not recorded.
   */
  readonly names: readonly string[]
  /** Of a stack, its hash as links have it; empty for other groups. */
  readonly stacks: readonly string[]
  /** Of a stack, the frame that names its holder and the one that called it; empty for other groups. */
  readonly titles: readonly string[]
  /** Group of a culprit that is no hold of the table; -1 when nothing tells. */
  readonly keyOfCulprit: (culprit: Culprit) => number
}

/** Groups all holds. O(holds + names). */
export function compareKeysOf(trace: Trace, derived: Derived, grouping: CompareGrouping): CompareKeys {
  const keys = holdKeysOf(trace, derived, grouping)
  const joined = joinNames(keys, nameFinder(trace, grouping))
  const keyOf = new Int32Array(keys.keyOf.length)
  for (let hold = 0; hold < keyOf.length; hold++) keyOf[hold] = joined.keyOf[keys.keyOf[hold]]
  const stacks = grouping === 'stack' ? joined.firsts : joined.names.map(() => '')
  return {
    keyOf,
    names: joined.names,
    stacks,
    titles: stacks.map((hash) => stackTitle(trace, hash)),
    keyOfCulprit: (culprit) => {
      const key = keys.keyOfCulprit(culprit)
      return key < 0 ? -1 : joined.keyOf[key]
    },
  }
}

interface JoinedNames {
  readonly keyOf: Int32Array
  readonly names: readonly string[]
  /** Name within its own capture of the first group of each. */
  readonly firsts: readonly string[]
}

function joinNames(keys: HoldKeys, nameOf: (name: string) => string): JoinedNames {
  const byName = new Map<string, number>()
  const names: string[] = []
  const firsts: string[] = []
  const keyOf = new Int32Array(keys.count)
  for (let key = 0; key < keys.count; key++) {
    const own = keys.nameOf(key)
    const name = own === '' ? '' : nameOf(own)
    const known = byName.get(name)
    keyOf[key] = known ?? names.length
    if (known !== undefined) continue
    byName.set(name, names.push(name) - 1)
    firsts.push(own)
  }
  return { keyOf, names, firsts }
}

function nameFinder(trace: Trace, grouping: CompareGrouping): (name: string) => string {
  if (grouping === 'stack') return (hash) => stableStack(trace, hash)
  return grouping === 'task' ? stableComm : (name) => name
}

const CALLERS = 2

/** `do_tee ← __do_sys_tee ← do_syscall_64`: the holder's frame and what called it. */
function stackTitle(trace: Trace, hash: string): string {
  const stack = hash === '' ? undefined : stackOfHash(trace, hash)
  if (stack === undefined) return ''
  const { index } = holderFrameOf(trace, stack)
  const ids = framesOf(trace.stacks, stack)
  const callers = Array.from({ length: Math.max(0, Math.min(CALLERS, ids.length - index - 1)) }, (_, at) =>
    plainSymbol(trace.strings.text(trace.frames.symbol[ids[index + 1 + at]])),
  )
  return [holderText(trace, stack), ...callers].join(' ← ')
}

/** Function names alone: kernels and tools print other offsets, modules and frames of the tracepoint itself. */
function stableStack(trace: Trace, hash: string): string {
  const stack = stackOfHash(trace, hash)
  if (stack === undefined) return hash
  const ids = framesOf(trace.stacks, stack)
  const symbols: string[] = []
  for (let at = 0; at < ids.length; at++) {
    const symbol = trace.strings.text(trace.frames.symbol[ids[at]])
    if (!isInstrumentationFrame(symbol)) symbols.push(plainSymbol(symbol))
  }
  return hashText(symbols.join('\n'))
}

/**
 * `ts-mux-64` without the pid, which another boot gives to another task. Workers are numbered as they are made
 * (kernel/workqueue.c create_worker(): `kworker/%d:%d%s`, `kworker/u%d:%d`), so that only the kind of their pool stays.
 */
function stableComm(task: string): string {
  return task.replace(/-\d+$/, '').replace(/^(kworker\/)(u?)\d+:\d+(H?).*$/, '$1$2*$3')
}

/** How a name is written on screen and in a report. */
export function compareTitle(grouping: CompareGrouping, name: string): string {
  return grouping === 'class' ? (REFERENCE_CLASSES.find(({ id }) => id === name)?.label ?? name) : name
}
