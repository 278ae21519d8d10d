import { type RefObject } from 'react'
import { useView } from '../../../state/use-view.ts'
import { type ShortcutName, useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { GROUPINGS } from './grouping-words.ts'

const KEYS: readonly ShortcutName[] = [
  { id: 'group-next', label: 'Group pinners by something else', keys: ['b'] },
  { id: 'chips', label: 'Go to what hides pinners', keys: ['c'] },
  { id: 'edit-rules', label: 'Edit the rules', keys: ['R'] },
]

/** Keys of the pinners, which reach what lies far on in the order of Tab. `chips` holds the chips' element. */
export function usePinnerKeys(chips: RefObject<HTMLElement | null>, onEdit: () => void): void {
  const [view, setView] = useView()
  useViewShortcuts(KEYS, (id) => {
    if (id === 'edit-rules') onEdit()
    else if (id === 'chips') chips.current?.querySelector('button')?.focus()
    else {
      const grouping = GROUPINGS[(GROUPINGS.indexOf(view.grouping) + 1) % GROUPINGS.length]
      setView({ grouping, group: undefined, stack: undefined }, { replace: true })
    }
  })
}
