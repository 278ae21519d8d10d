import { type FlameAnswer, type FlameFrame } from '../../../queries/flame/flame.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { formatShare } from '../../../base/share.ts'
import { CLASS_STYLES } from '../../theme/class-style.ts'
import { type FlameBox } from '../../widgets/flame-box.ts'

type Area = NonNullable<ViewState['flameArea']>

/** How what an area stands for is put into words. */
export interface AreaWords {
  /** On the button. */
  readonly name: string
  readonly title: string
  /** `12 holds`, `1.300 s held`. */
  readonly of: (text: string, value: number) => string
}

/** In the order of the buttons. */
export const AREA_WORDS: Readonly<Record<Area, AreaWords>> = {
  holds: {
    name: 'holds',
    title: 'Width: how many holds have the frame in their stack. Adds up.',
    of: (text, value) => `${text} ${value === 1 ? 'hold' : 'holds'}`,
  },
  time: {
    name: 'time',
    title: 'Width: how long all holds with the frame in their stack lasted together. Adds up.',
    of: (text) => `${text} held`,
  },
  pfns: {
    name: 'PFNs',
    title:
      'Width: different PFNs held. A set at each frame: one that two callees hold is one of their caller, so callees may have more together than it, and are then drawn narrower in proportion.',
    of: (text, value) => `${text} ${value === 1 ? 'PFN' : 'PFNs'}`,
  },
  ranges: {
    name: 'ranges blocked',
    title:
      'Width: different failed ranges with a page that was held, of a compaction each pageblock. A set at each frame: one that two callees blocked is one of their caller.',
    of: (text, value) => `${text} ${value === 1 ? 'range' : 'ranges'} blocked`,
  },
}

/** The name of a frame; the outermost of all stacks has none of its own. */
export function frameName({ name }: Pick<FlameFrame, 'name'>): string {
  return name === '' ? 'all stacks' : name
}

/** The label of a frame's class. */
export function frameClass({ class: id }: Pick<FlameFrame, 'class'>): string {
  return id === 'mixed' ? 'several classes' : CLASS_STYLES[id].label
}

/** A frame in one sentence: `leaky_ioctl [leaky]: 12 holds, 40.0 % of all; driver / DMA; 3 end here`. */
export function frameWords(answer: FlameAnswer, area: Area, index: number): string {
  const frame = answer.frames[index]
  if (frame === undefined) return 'no frame'
  const { of } = AREA_WORDS[area]
  const share = answer.total > 0 ? `, ${formatShare(frame.value, answer.total)} of all` : ''
  const end = area === 'time' || frame.self === 0 ? '' : `; ${frame.self} end here`
  return `${frameName(frame)}: ${of(frame.text, frame.value)}${share}; ${frameClass(frame)}${end}`
}

/** The frames as they are drawn. */
export function boxesOf(answer: FlameAnswer): readonly FlameBox[] {
  return answer.frames.map(({ class: id, ...frame }) => ({
    ...frame,
    name: frameName(frame),
    color: id === 'mixed' ? '' : CLASS_STYLES[id].color.slice('var('.length, -1),
    glyph: id === 'mixed' ? '∗' : CLASS_STYLES[id].glyph,
  }))
}
