import { Kbd } from '@mantine/core'
import { Spotlight } from '@mantine/spotlight'
import { type ReactNode } from 'react'
import { type Shortcut, showKeys } from './shortcut.ts'

/** Ctrl/Cmd+K: any action by name. The key itself is bound with all others, so that it works in text fields too. */
export function Palette({ shortcuts }: { readonly shortcuts: readonly Shortcut[] }): ReactNode {
  const actions = shortcuts
    .filter((shortcut) => shortcut.id !== 'palette' && shortcut.id !== 'escape')
    .map(({ id, label, keys, run }) => ({
      id,
      label,
      onClick: run,
      rightSection: keys.length > 0 && <Kbd>{showKeys(keys[0])}</Kbd>,
    }))
  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      nothingFound="No action by that name"
      transitionProps={{ duration: 0 }}
      overlayProps={{ transitionProps: { duration: 0 } }}
      searchProps={{ placeholder: 'Find an action', 'aria-label': 'Find an action' }}
      attributes={{ content: { 'aria-label': 'Find an action by name' } }}
      closeOnActionTrigger
      returnFocus
    />
  )
}
