import { type RefObject } from 'react'
import { FLAME_AREAS, FLAME_INNERMOST } from '../../../state/links/flame-link.ts'
import { useView, useViewNow } from '../../../state/use-view.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { FLAME_KEYS, PINNER_KEYS } from '../../keys/pinners-keys.ts'
import { useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { GROUPINGS } from './grouping-words.ts'

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

const NO_KEYS: typeof FLAME_KEYS = []

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
