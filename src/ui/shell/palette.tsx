import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { settingsNow, useSettings } from '../../state/settings-store.ts'
import { withRecentAction } from '../../state/settings.ts'
import { useSearchHits } from './use-search-hits.ts'
import { Dialog } from './dialog.tsx'
import styles from './palette.module.css'
import { rankActions } from './rank-actions.ts'
import { KIND_WORDS } from './search-destination.ts'
import { type Shortcut, showKeys } from './shortcut.ts'

interface PaletteProps {
  readonly shortcuts: readonly Shortcut[]
  readonly onClose: () => void
}

interface Choice {
  readonly key: string
  readonly label: string
  readonly about: string
  readonly keys: string
  readonly run: () => void
}

const MOST_HITS = 6

/** Ctrl/Cmd+K: any action by name, and what the capture has by that name. */
export function Palette({ shortcuts, onClose }: PaletteProps): ReactNode {
  const [{ recentActions }, change] = useSettings()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const { hits, reading, go } = useSearchHits(text, MOST_HITS)
  const actions = rankActions(shortcuts.filter(isNamed), text.trim(), recentActions).map((shortcut): Choice => {
    const take = (): void => {
      change({ recentActions: withRecentAction(settingsNow(), shortcut.id).recentActions })
      shortcut.run()
    }
    const keys = shortcut.keys.length === 0 ? '' : showKeys(shortcut.keys[0])
    return { key: shortcut.id, label: shortcut.label, about: shortcut.where ?? '', keys, run: take }
  })
  const found = hits.map((hit): Choice => {
    const key = `hit ${hit.kind} ${hit.label} ${hit.detail}`
    return { key, label: hit.label, about: `${KIND_WORDS[hit.kind]}, ${hit.detail}`, keys: '', run: () => go(hit) }
  })
  // A number is rarely the name of an action: what the capture has comes first then.
  const choices = /^[\d[:]/.test(text.trim()) ? [...found, ...actions] : [...actions, ...found]
  const chosen = Math.min(at, choices.length - 1)
  const take = (choice: Choice | undefined): void => {
    if (!choice) return
    onClose()
    // When the dialog has given the focus back: the action may take it elsewhere.
    setTimeout(() => choice.run())
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, Home: 0, End: choices.length - 1 }[event.key]
    const isEdge = (event.key === 'Home' || event.key === 'End') && text !== ''
    if (next !== undefined && !isEdge) setAt((next + choices.length) % Math.max(1, choices.length))
    else if (event.key === 'Enter') take(choices[chosen])
    else return
    event.preventDefault()
  }
  return (
    <Dialog title="Find an action by name" size="wide" onClose={onClose}>
      <input
        className="text-input"
        type="text"
        data-autofocus
        aria-label="Find an action"
        aria-controls={listId}
        aria-activedescendant={chosen >= 0 ? `${listId}-${chosen}` : undefined}
        placeholder="An action, a screen, or a PFN, a symbol, a comm"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={listId}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select shows no keys beside its options
        role="listbox"
        aria-label="Actions"
        aria-activedescendant={chosen >= 0 ? `${listId}-${chosen}` : undefined}
        tabIndex={0}
        className={styles.list}
        onKeyDown={onKeyDown}
      >
        {choices.map((choice, position) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus -- the field has the keys
          <div
            key={choice.key}
            id={`${listId}-${position}`}
            ref={position === chosen ? showChosen : undefined}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see the list
            role="option"
            aria-selected={position === chosen}
            className="list-option"
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(choice)}
          >
            <span>{choice.label}</span>
            <span className={styles.about}>{choice.about}</span>
            {choice.keys !== '' && <kbd className={`key-cap ${styles.key}`}>{choice.keys}</kbd>}
          </div>
        ))}
      </div>
      <output className={styles.note}>{noteOf(choices.length, reading)}</output>
    </Dialog>
  )
}

function noteOf(count: number, reading: string): string {
  return count === 0 ? 'No action by that name, and nothing in these files.' : reading
}

function showChosen(option: HTMLElement | null): void {
  option?.scrollIntoView?.({ block: 'nearest' })
}

function isNamed({ id }: Shortcut): boolean {
  return id !== 'palette' && id !== 'escape'
}
