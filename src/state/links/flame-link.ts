import { type FlameArea, type FlameInnermost, type FlameOrder } from '../../queries/flame/flame-question.ts'
import { flag, names, oneOf, stackHash, text } from '../link-parameter.ts'
import { entry, type LinkTable } from '../link-table.ts'

/** Ways to draw the pinners' stacks that are not the usual one, as links write them. */
export const FLAME_ORDERS = ['callers', 'leaves'] as const satisfies readonly FlameOrder[]
export const FLAME_AREAS = ['holds', 'time', 'pfns', 'ranges'] as const satisfies readonly FlameArea[]
export const FLAME_INNERMOST = ['holder', 'helper', 'tracepoint'] as const satisfies readonly FlameInnermost[]

/** What the Pinners screen's flame graph keeps in the link beside what all screens share. */
export const FLAME_LINK = {
  /** Pinners are drawn as a flame graph instead of listed. */
  isFlame: entry('flame', flag),
  flameOrder: entry('order', oneOf(FLAME_ORDERS)),
  flameArea: entry('by', oneOf(FLAME_AREAS)),
  flameInnermost: entry('innermost', oneOf(FLAME_INNERMOST)),
  /** The root is at the bottom. */
  isFlameUpright: entry('upright', flag),
  flameRecursion: entry('recursion', flag),
  flameModules: entry('modules', flag),
  flameCollapsed: entry('collapsed', names),
  flameHidden: entry('without', names),
  flameSearch: entry('find', text),
  /** The frame that fills the width, and the one that is selected: hashes of paths. */
  flameFocus: entry('focus', stackHash),
  flameFrame: entry('frame', stackHash),
} as const satisfies LinkTable
