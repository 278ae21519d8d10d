import { assertUnreachable } from '../base/assert.ts'
import { REFERENCE_CLASSES } from '../derive/attribution/reference-class.ts'
import { stackOfHash } from '../derive/stack-hash.ts'
import { type Trace } from '../model/trace.ts'
import { type PinnerGrouping } from './pinner-keys.ts'
import { holderText, NO_STACK, stackAnswer } from './stack-answer.ts'
import { type StackAnswer } from './wire.ts'

/** What a row says of its group in words. */
export interface PinnerName {
  /** Name of the group that the row is, or that its stack is listed under; see `HoldKeys.nameOf`. */
  readonly group: string
  /** The group in words: the frame that names the holder, `comm-pid`, a class, an order, a migratetype; empty when not recorded. */
  readonly title: string
  /** The stack of a row that is one; without frames for other groups. */
  readonly stack: StackAnswer
  /** The frame that names the holder; empty when the group has no one. */
  readonly holder: string
}

/** A group by its name; see `HoldKeys.nameOf`. */
export function nameGroup(trace: Trace, grouping: PinnerGrouping, name: string): PinnerName {
  switch (grouping) {
    case 'stack':
      return nameStack(trace, name, name)
    case 'holder':
      return { group: name, title: name, holder: name, stack: NO_STACK }
    case 'task':
      return { group: name, title: name, holder: '', stack: NO_STACK }
    case 'class':
      return { group: name, title: labelOf(name), holder: '', stack: NO_STACK }
    case 'order':
      return { group: name, title: name === '' ? '' : `order ${name}`, holder: '', stack: NO_STACK }
    case 'migratetype':
      return { group: name, title: migratetypeText(trace, name), holder: '', stack: NO_STACK }
    default:
      return assertUnreachable(grouping)
  }
}

/** A stack by its hash, under its group. */
export function nameStack(trace: Trace, hash: string, group: string): PinnerName {
  const stack = hash === '' ? undefined : stackOfHash(trace, hash)
  if (stack === undefined) return { group, title: '', holder: '', stack: NO_STACK }
  const holder = holderText(trace, stack)
  return { group, title: holder, holder, stack: stackAnswer(trace, stack) }
}

function labelOf(id: string): string {
  return REFERENCE_CLASSES.find((entry) => entry.id === id)?.label ?? ''
}

/** `Movable (1)` where a file of the machine names it; `migratetype 1` else: the numbers differ between kernels. */
function migratetypeText(trace: Trace, number: string): string {
  if (number === '') return ''
  const name = trace.machine.migratetypes[Number(number)] ?? ''
  return name === '' ? `migratetype ${number}` : `${name} (${number})`
}
