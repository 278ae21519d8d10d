import { useMantineColorScheme } from '@mantine/core'
import { captureOf } from '../../state/capture-store.ts'
import { settingsNow, useSettings } from '../../state/settings-store.ts'
import { useCapturePair, useStateOf } from '../../state/use-captures.ts'
import { useTrace } from '../../state/use-trace.ts'
import { useView, useViewNow } from '../../state/use-view.ts'
import { type ViewId } from '../../state/view-state.ts'
import { VIEW_KEYS } from '../keys/view-keys.ts'
import { FRAME_KEYS, type FrameAction } from './frame-keys.ts'
import { VIEW_ENTRIES, VIEWS_WITHOUT_CAPTURE } from './navigation.ts'
import { type Shortcut } from './shortcut.ts'

/** What the frame itself can do when a key or the palette asks. */
export interface FrameCommands {
  readonly focusSearch: () => void
  readonly showPalette: () => void
  readonly showSettings: () => void
  readonly copyLink: () => void
  readonly share: () => void
  readonly copyFocused: () => void
  readonly showLines: () => void
  readonly toggleInspector: () => void
  readonly chooseFiles: () => void
  readonly chooseFolder: () => void
  readonly addFiles: () => void
  readonly replaceFiles: () => void
  readonly pasteText: () => void
  readonly closeCapture: () => void
  /** Takes an action of a screen when that is there. */
  readonly runWhenTold: (id: string) => void
}

/** Every action that has a key or a name in the palette. */
export function useAppShortcuts(commands: FrameCommands): readonly Shortcut[] {
  const [trace, { cancel, dismiss, openExample }] = useTrace()
  const [{ b }] = useCapturePair()
  const other = useStateOf(b)
  const [view, setView] = useView()
  const viewNow = useViewNow()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [, change] = useSettings()
  const hasCapture = captureOf(trace) !== undefined

  // How to record, and the help, are there before any capture is; the others are shown when what is being read is.
  const isUsable = (id: ViewId): boolean => hasCapture || VIEWS_WITHOUT_CAPTURE.includes(id)
  const views = VIEW_ENTRIES.filter(({ id }) => isUsable(id) || trace.status === 'loading').map(
    ({ id, label, about, keys }) => ({
      id: `view-${id}`,
      label: `${label}: ${about}`,
      keys: id === 'help' ? [] : keys, // `?` leads back, too
      run: () => setView({ view: id }),
    }),
  )
  const escape = (): void => {
    // What keys just opened may not be drawn yet.
    const now = viewNow()
    if (trace.status === 'loading') cancel()
    else if (trace.status === 'failed') dismiss()
    else if (other.status === 'loading') b?.cancel()
    else if (other.status === 'failed') b?.dismiss()
    else if (now.view === 'compare' && now.otherEvent !== undefined) setView({ otherEvent: undefined })
    else if (now.event !== undefined) setView({ event: undefined })
    else if (now.view === 'help') history.back()
  }
  const runs: Readonly<Record<FrameAction, () => void>> = {
    search: commands.focusSearch,
    'copy-link': commands.copyLink,
    share: commands.share,
    copy: commands.copyFocused,
    lines: commands.showLines,
    inspector: commands.toggleInspector,
    back: () => history.back(),
    forward: () => history.forward(),
    add: commands.addFiles,
    replace: commands.replaceFiles,
    close: commands.closeCapture,
    open: commands.chooseFiles,
    folder: commands.chooseFolder,
    paste: commands.pasteText,
    example: openExample,
    theme: () => setColorScheme(nextScheme(colorScheme)),
    density: () => change({ density: settingsNow().density === 'compact' ? 'comfortable' : 'compact' }),
    settings: commands.showSettings,
    palette: commands.showPalette,
    help: () => (view.view === 'help' ? history.back() : setView({ view: 'help' })),
    escape,
  }
  const frame = FRAME_KEYS.filter(({ needsCapture }) => hasCapture || needsCapture !== true).map((entry) => ({
    ...entry,
    run: runs[entry.id],
  }))
  return [...views, ...frame, ...elsewhere(view.view, isUsable, setView, commands.runWhenTold)]
}

/** Actions of the screens that are not shown: they lead there first. Their keys are not theirs here. */
function elsewhere(
  shown: ViewId,
  isUsable: (id: ViewId) => boolean,
  setView: (patch: { readonly view: ViewId }) => void,
  runWhenTold: (id: string) => void,
): readonly Shortcut[] {
  return VIEW_ENTRIES.filter(({ id }) => id !== shown && isUsable(id)).flatMap(({ id, label: screen }) =>
    VIEW_KEYS[id].map((name) => ({
      id: `${id} ${name.id}`,
      label: name.label,
      keys: [],
      where: `on ${screen}`,
      run: () => {
        runWhenTold(name.id)
        setView({ view: id })
      },
    })),
  )
}

/** System, light, dark, and round again. */
export function nextScheme(scheme: 'auto' | 'light' | 'dark'): 'auto' | 'light' | 'dark' {
  if (scheme === 'auto') return 'light'
  return scheme === 'light' ? 'dark' : 'auto'
}
