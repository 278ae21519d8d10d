import { type HoldChoice } from '../pinner-choice.ts'

/** Which end of the stacks is the root: the outermost caller, or the innermost function. */
export const FLAME_ORDERS = ['callers', 'leaves'] as const
export type FlameOrder = (typeof FLAME_ORDERS)[number]

/**
 * What a frame's area stands for. `holds` and `time` add up. `pfns` and `ranges` are counted as sets: a page that two
 * callees hold is one page of their caller, so callees may have more in all than their caller.
 */
export const FLAME_AREAS = ['holds', 'time', 'pfns', 'ranges'] as const
export type FlameArea = (typeof FLAME_AREAS)[number]

/** Innermost frame of a stack that is drawn: the holder's, the helper's under it, or the tracepoint's own. */
export const FLAME_INNERMOST = ['holder', 'helper', 'tracepoint'] as const
export type FlameInnermost = (typeof FLAME_INNERMOST)[number]

/** Which holds, and what their stacks are made into. Functions are named as frames are: `leaky_ioctl [leaky]`. */
export interface FlameChoice extends HoldChoice {
  readonly order: FlameOrder
  readonly innermost: FlameInnermost
  /** A function that calls itself is one frame. */
  readonly mergesRecursion: boolean
  /** Frames in a row of one module are one frame, `[leaky]`. */
  readonly mergesModules: boolean
  /** Functions that nothing is drawn beyond: what follows is part of them. */
  readonly collapsed: readonly string[]
  /** Functions left out: what they did is their neighbour's towards the root. */
  readonly hidden: readonly string[]
}

/** A frame with its callers, as links name it: a hash of the path from the root. */
export type FlameFrameId = string
