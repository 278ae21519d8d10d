import { type RefObject } from 'react'
import { FLAME_AREAS, FLAME_INNERMOST } from '../../../state/links/flame-link.ts'
import { useView, useViewNow } from '../../../state/use-view.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { type ShortcutName, useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { GROUPINGS } from './grouping-words.ts'

/** Keys of the screen; they stand in `shell/view-keys.ts` too. */
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

/** What else a change of the tree changes: a path from another root names no frame any more. */
export const NO_PATH = { flameFocus: undefined, flameFrame: undefined } as const

/** Where keys lead that go to a part of the screen. */
const PLACES: Readonly<Record<string, string>> = {
  threshold: '[data-threshold] input',
  chips: '[aria-keyshortcuts=c] button',
  rows: '[role=tree], [role=treegrid] [tabindex="0"]',
  'flame-find': '[data-flame-find] input',
}

/** Keys of the pinners, which reach what lies far on in the order of Tab. `part` is an element of the screen. */
export function usePinnerKeys(part: RefObject<HTMLElement | null>, onEdit: () => void): void {
  const [view, setView] = useView()
  const now = useViewNow()
  const run = (id: string): void => {
    const place = PLACES[id]
    if (id === 'edit-rules') onEdit()
    else if (place !== undefined) {
      part.current?.closest('[data-pinners]')?.querySelector<HTMLElement>(place)?.focus()
    } else setView(patchOf(id, now()), { replace: id !== 'shown-as' })
  }
  useViewShortcuts(PINNER_KEYS, run)
  useViewShortcuts(view.isFlame ? FLAME_KEYS : NO_KEYS, run)
}

const NO_KEYS: readonly ShortcutName[] = []

function patchOf(id: string, view: ViewState): Partial<ViewState> {
  switch (id) {
    case 'shown-as':
      return { isFlame: view.isFlame ? undefined : true }
    case 'group-next':
      // A flame graph is of stacks.
      return view.isFlame ? {} : { grouping: after(GROUPINGS, view.grouping), group: undefined, stack: undefined }
    case 'flame-order':
      return { flameOrder: view.flameOrder === 'leaves' ? undefined : 'leaves', ...NO_PATH }
    case 'flame-area':
      return { flameArea: unlessUsual(after(FLAME_AREAS, view.flameArea ?? 'holds'), 'holds') }
    case 'flame-innermost':
      return {
        flameInnermost: unlessUsual(after(FLAME_INNERMOST, view.flameInnermost ?? 'helper'), 'helper'),
        ...NO_PATH,
      }
    case 'flame-recursion':
      return { flameRecursion: view.flameRecursion ? undefined : true, ...NO_PATH }
    case 'flame-modules':
      return { flameModules: view.flameModules ? undefined : true, ...NO_PATH }
    case 'flame-upright':
      return { isFlameUpright: view.isFlameUpright ? undefined : true }
    default:
      return {}
  }
}

function after<Value>(values: readonly Value[], value: Value): Value {
  return values[(values.indexOf(value) + 1) % values.length]
}

function unlessUsual<Value>(value: Value, usual: Value): Value | undefined {
  return value === usual ? undefined : value
}
