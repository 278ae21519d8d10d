import { type ShortcutName } from '../shell/shortcut.ts'

/** Keys of Pinners, whether it shows a table or a flame graph. */
export const PINNER_KEYS: readonly ShortcutName[] = [
  { id: 'shown-as', label: 'Show pinners as a flame graph, or as a table', keys: ['v'] },
  { id: 'group-next', label: 'Group pinners by something else', keys: ['b'] },
  { id: 'threshold', label: 'Go to the threshold', keys: ['T'] },
  { id: 'chips', label: 'Go to what hides pinners', keys: ['c'] },
  { id: 'rows', label: 'Go to the table or the flame graph', keys: ['d'] },
  { id: 'edit-rules', label: 'Edit the rules', keys: ['R'] },
]

/** Keys of the flame graph, while it is shown. */
export const FLAME_KEYS: readonly ShortcutName[] = [
  { id: 'flame-find', label: 'Find frames in the flame graph', keys: ['f'] },
  { id: 'flame-order', label: 'Turn the flame graph around: callers or leaves at the root', keys: ['s'] },
  { id: 'flame-area', label: 'Let the areas of the flame graph stand for something else', keys: ['a'] },
  { id: 'flame-innermost', label: 'Draw down to another frame: holder, helpers, tracepoint', keys: ['e'] },
  { id: 'flame-recursion', label: 'Draw recursion as one frame', keys: ['r'] },
  { id: 'flame-modules', label: 'Draw the frames of a module as one', keys: ['m'] },
  { id: 'flame-upright', label: 'Put the root of the flame graph at the bottom', keys: ['u'] },
]
