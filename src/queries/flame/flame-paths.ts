import { holderFrameOf, isInstrumentationFrame } from '../../derive/holder-frame.ts'
import { plainSymbol, stackOfHash } from '../../derive/stack-hash.ts'
import { type FrameId, type StackId } from '../../model/ids.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { functionText } from '../stack-answer.ts'
import { type FlameChoice } from './flame-question.ts'

/** The frame that stands for holds without a stack. */
const NO_STACK_FRAME = 'no stack was recorded'

type PathChoice = Omit<FlameChoice, 'thresholdNs' | 'includeExpected' | 'shownRules' | 'filter'>

/** Path of a stack: names of its frames, the root of the drawing first. */
export type PathFinder = (stackHash: string) => readonly string[]

/**
 * Turns stacks into paths by what is merged, collapsed and left out. Stacks that count as one (equal function names)
 * have one path, that of the first of them. Empty when every frame is left out. O(frames of the stack).
 */
export function pathFinder(trace: Trace, choice: PathChoice): PathFinder {
  const nameOf = frameNames(trace)
  const hidden = new Set(choice.hidden)
  const collapsed = new Set(choice.collapsed)
  return (hash) => {
    const stack = hash === '' ? undefined : stackOfHash(trace, hash)
    if (stack === undefined) return [NO_STACK_FRAME]
    const frames = framesOf(trace.stacks, stack)
    const names: string[] = []
    for (let at = firstDrawn(trace, stack, choice.innermost); at < frames.length; at++) {
      const { name, module } = nameOf(frames[at])
      const drawn = choice.mergesModules && module !== '' ? `[${module}]` : name
      if (!hidden.has(name) && !hidden.has(drawn)) names.push(drawn)
    }
    if (choice.order === 'callers') names.reverse()
    return cutAfter(merged(names, choice), collapsed)
  }
}

/** Position of the innermost frame that is drawn. */
function firstDrawn(trace: Trace, stack: StackId, innermost: PathChoice['innermost']): number {
  if (innermost === 'tracepoint') return 0
  if (innermost === 'holder') return Math.max(0, holderFrameOf(trace, stack).index)
  const frames = framesOf(trace.stacks, stack)
  let at = 0
  while (at < frames.length && isPlumbing(trace, frames[at])) at++
  return at === frames.length ? 0 : at
}

function isPlumbing(trace: Trace, frame: FrameId): boolean {
  return isInstrumentationFrame(trace.strings.text(trace.frames.symbol[frame]))
}

/** One name in a row is one frame: of modules always, of functions when recursion is merged. */
function merged(names: readonly string[], { mergesRecursion, mergesModules }: PathChoice): readonly string[] {
  if (!mergesRecursion && !mergesModules) return names
  return names.filter((name, at) => {
    const isAgain = at > 0 && name === names[at - 1]
    return !isAgain || (!mergesRecursion && !name.startsWith('['))
  })
}

function cutAfter(names: readonly string[], collapsed: ReadonlySet<string>): readonly string[] {
  if (collapsed.size === 0) return names
  const at = names.findIndex((name) => collapsed.has(name))
  return at < 0 ? names : names.slice(0, at + 1)
}

interface FrameName {
  readonly name: string
  readonly module: string
}

/** `leaky_ioctl [leaky]`, without what the compiler adds to its copies; each frame is named once. */
function frameNames(trace: Trace): (frame: FrameId) => FrameName {
  const known: FrameName[] = []
  return (frame) => {
    known[frame] ??= nameOfFrame(trace, frame)
    return known[frame]
  }
}

function nameOfFrame({ strings, frames }: Trace, frame: FrameId): FrameName {
  const module = strings.text(frames.module[frame])
  return { name: functionText(plainSymbol(strings.text(frames.symbol[frame])), module), module }
}
