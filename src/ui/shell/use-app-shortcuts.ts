import { useMantineColorScheme } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { captureOf } from '../../state/capture-store.ts'
import { useTrace } from '../../state/use-trace.ts'
import { useView } from '../../state/use-view.ts'
import { VIEW_ENTRIES, VIEWS_WITHOUT_CAPTURE } from './navigation.ts'
import { type Shortcut } from './shortcut.ts'

/** What the frame itself can do when a key or the palette asks. */
export interface FrameCommands {
  readonly focusSearch: () => void
  readonly showHelp: () => void
  readonly copyLink: () => void
  readonly chooseFiles: () => void
}

/** Every action that has a key or a name in the palette. */
export function useAppShortcuts(commands: FrameCommands): readonly Shortcut[] {
  const [trace, { cancel, dismiss, openExample }] = useTrace()
  const [view, setView] = useView()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const hasCapture = captureOf(trace) !== undefined

  // How to record, and the help, are there before any capture is.
  const usable = VIEW_ENTRIES.filter(({ id }) => hasCapture || VIEWS_WITHOUT_CAPTURE.includes(id))
  const views = usable.map(({ id, label, about, keys }) => ({
    id: `view-${id}`,
    label: `${label}: ${about}`,
    keys,
    run: () => setView({ view: id }),
  }))
  const escape = (): void => {
    if (trace.status === 'loading') cancel()
    else if (trace.status === 'failed') dismiss()
    else if (view.event !== undefined) setView({ event: undefined })
  }
  return [
    ...views,
    ...(hasCapture ? [{ id: 'search', label: 'Search', keys: ['/'], run: commands.focusSearch }] : []),
    ...(hasCapture ? [{ id: 'copy-link', label: 'Copy link', keys: ['y'], run: commands.copyLink }] : []),
    { id: 'open', label: 'Choose files to open', keys: ['o'], run: commands.chooseFiles },
    { id: 'example', label: 'Open an example', keys: [], run: openExample },
    {
      id: 'theme',
      label: 'Change the theme: system, light, dark',
      keys: ['t'],
      run: () => setColorScheme(nextScheme(colorScheme)),
    },
    { id: 'palette', label: 'Find an action by name', keys: ['mod+k'], run: spotlight.toggle, worksInText: true },
    { id: 'help', label: 'List the keys', keys: ['?'], run: commands.showHelp },
    { id: 'escape', label: 'Cancel reading, close what is open', keys: ['Escape'], run: escape },
  ]
}

/** System, light, dark, and round again. */
export function nextScheme(scheme: 'auto' | 'light' | 'dark'): 'auto' | 'light' | 'dark' {
  if (scheme === 'auto') return 'light'
  return scheme === 'light' ? 'dark' : 'auto'
}
