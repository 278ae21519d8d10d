import { type RefObject } from 'react'
import { type OwnersAnswer } from '../../../queries/owners/owners.ts'
import { OWNER_GROUPINGS, OWNER_MODES } from '../../../state/links/owners-link.ts'
import { useView } from '../../../state/use-view.ts'
import { OWNER_KEYS } from '../../keys/owners-keys.ts'
import { useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { groupingOf } from './owners-question.ts'

interface OwnerKeysGiven {
  readonly answer: OwnersAnswer | undefined
  readonly misplaced: RefObject<HTMLDetailsElement | null>
  readonly search: RefObject<HTMLElement | null>
}

/** Keys of the Owners screen. */
export function useOwnerKeys({ answer, misplaced, search }: OwnerKeysGiven): void {
  const [view, setView] = useView()
  const dumps = answer?.dumps ?? []
  useViewShortcuts(OWNER_KEYS, (id) => {
    switch (id) {
      case 'group-next': {
        const known = answer?.groupings ?? OWNER_GROUPINGS
        const ownerGrouping = after(known, answer?.grouping ?? groupingOf(view))
        return setView({ ownerGrouping, ownerGroup: undefined, stack: undefined }, { replace: true })
      }
      case 'mode-next': {
        // Before the dumps are known every mode may be meant.
        const modes = answer === undefined ? OWNER_MODES : OWNER_MODES.slice(0, Math.max(1, dumps.length))
        const next = after(modes, view.ownerMode ?? 'groups')
        return setView({ ownerMode: next === 'groups' ? undefined : next }, { replace: true })
      }
      case 'dump-next': {
        const ids = dumps.map((dump) => dump.id)
        return setView({ ownerDump: after(ids, answer?.dump ?? '') }, { replace: true })
      }
      case 'misplaced':
        return misplaced.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus()
      default:
        return search.current?.querySelector<HTMLElement>('input[type=text]')?.focus()
    }
  })
}

/** The word after another, the first after the last. */
function after<Word extends string>(words: readonly Word[], word: Word): Word {
  return words[(words.indexOf(word) + 1) % words.length] ?? word
}
