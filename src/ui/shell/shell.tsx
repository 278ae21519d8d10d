import { useMediaQuery } from '@mantine/hooks'
import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { isAdmitted } from '../../state/capture-ref.ts'
import { captureOf, isWithoutFiles } from '../../state/capture-store.ts'
import { useCaptureLink, useExampleLink } from '../../state/use-capture-link.ts'
import { sortFiles } from '../../state/rule-files.ts'
import { useCapturePair } from '../../state/use-captures.ts'
import { useEmbedDoor } from '../../state/use-embed-door.ts'
import { useForgetAnswers } from '../../state/use-forget-answers.ts'
import { useKeptLink } from '../../state/use-kept-link.ts'
import { useSliceLink } from '../../state/use-slice-link.ts'
import { useTrace } from '../../state/use-trace.ts'
import { useView } from '../../state/use-view.ts'
import { useSettings } from '../../state/settings-store.ts'
import { ClassPatterns } from '../theme/class-patterns.tsx'
import { AddOrReplace } from './add-or-replace.tsx'
import { CopiedLink } from './copied-link.tsx'
import { useCopyLink } from './use-copy-link.ts'
import { useLinesKey } from './use-lines-key.ts'
import { WaitingLink } from './waiting-link.tsx'
import { UncopiedLink } from './uncopied-link.tsx'
import { DropTarget } from './drop-target.tsx'
import { type FileDialogs, FileInputs } from './file-inputs.tsx'
import { focusedCopyButton } from './focused-place.ts'
import { InspectorFrame, InspectorProvider } from './inspector.tsx'
import { LineInspector } from './line-inspector.tsx'
import { readingText } from './loading-bar.tsx'
import { MailLayer } from './mail/mail-layer.tsx'
import { MainArea } from './main-area.tsx'
import { Palette } from './palette.tsx'
import { PasteDialog } from './paste-dialog.tsx'
import { ShareOver } from './share/share-over.tsx'
import { SourceLinks } from './source-links.tsx'
import { SettingsOver } from './settings-over.tsx'
import { useLateBookmarks } from '../session/late-bookmarks.ts'
import { SessionLayer } from '../session/session-layer.tsx'
import { Rail } from './rail.tsx'
import styles from './shell.module.css'
import { StatusLine } from './status-line.tsx'
import { TopBar } from './top-bar.tsx'
import { type FrameCommands, useAppShortcuts } from './use-app-shortcuts.ts'
import { useToldShortcuts } from './use-told-shortcuts.ts'
import { RuleFileNotice, useRuleFile } from './rule-file-notice.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { useTips } from './use-tips.ts'
import { ViewShortcutsContext } from './view-shortcuts.ts'

/** The whole page: top bar, rail, view, inspector, status line, and what lies over them. */
export function Shell(): ReactNode {
  const [trace, { open }] = useTrace()
  const [view, setView] = useView()
  const ruleFile = useRuleFile()
  const admission = useCaptureLink()
  useExampleLink()
  useKeptLink()
  useEmbedDoor()
  useForgetAnswers()
  const unopened = useSliceLink()
  useDensity()
  useTips()
  const search = useRef<HTMLInputElement>(null)
  const inputs = useRef<FileDialogs>(null)
  const [over, setOver] = useState<'palette' | 'settings' | 'paste' | 'share'>()
  const told = useToldShortcuts()
  const [, pair] = useCapturePair()
  const inspector = useInspectorFold(view.event !== undefined)
  const [undecided, setUndecided] = useState<readonly File[]>([])
  /** What was decided before the files were chosen. */
  const decided = useRef<'add' | 'replace' | undefined>(undefined)
  const [sessionQueue, setSessionQueue] = useState<readonly File[]>([])
  const [sessionSaid, setSessionSaid] = useState('')
  const late = useLateBookmarks()
  const link = useCopyLink()
  const lines = useLinesKey((place) => {
    inspector.show()
    setView(place)
  })

  const capture = captureOf(trace)
  const shown = admission !== undefined && isAdmitted(admission) ? capture : undefined
  const chooseFiles = (decision?: 'add' | 'replace'): void => {
    decided.current = decision
    inputs.current?.chooseFiles()
  }
  const dialogs: FileDialogs = { chooseFiles: () => chooseFiles(), chooseFolder: () => inputs.current?.chooseFolder() }
  const commands: FrameCommands = {
    focusSearch: () => search.current?.focus(),
    showPalette: () => setOver('palette'),
    showSettings: () => setOver('settings'),
    pasteText: () => setOver('paste'),
    copyLink: () => link.copy(view),
    share: () => setOver('share'),
    copyFocused: () => focusedCopyButton()?.click(),
    showLines: lines.showLines,
    toggleInspector: inspector.toggle,
    chooseFiles: dialogs.chooseFiles,
    chooseFolder: dialogs.chooseFolder,
    addFiles: () => chooseFiles('add'),
    replaceFiles: () => chooseFiles('replace'),
    closeCapture: () => {
      // Anew from the beginning: nothing of the capture stays in memory. By an address without a link, because a link that
      // is changed now is written some time after, and that of the capture would open it again.
      const anew = new URL(window.location.href)
      anew.hash = ''
      window.location.replace(anew.href)
    },
    runWhenTold: told.runWhenTold,
  }
  const shortcuts = useAppShortcuts(commands)
  useShortcuts(shortcuts)

  /** Files that came while something is shown may belong to it: that is asked. Else they are simply opened. */
  const takeCapture = (files: readonly File[]): void => {
    setOver(undefined)
    // What is shown without its files waits for them: nothing is lost by reading what came.
    if (!shown || isWithoutFiles(shown)) return open(files)
    if (decided.current === undefined) return setUndecided(files)
    open(files, { add: decided.current === 'add' })
    decided.current = undefined
  }
  const takeFiles = async (files: readonly File[]): Promise<void> => {
    const { ruleFiles, sessionFiles, others } = await sortFiles(files)
    if (sessionFiles.length > 0) setSessionQueue((queue) => [...queue, ...sessionFiles]) // one preview after another
    if (others.length > 0) takeCapture(others)
    for (const file of ruleFiles) await ruleFile.take(file) // one after another: each is merged into what the one before made
  }
  const decide = (add: boolean): void => {
    open(undecided, { add })
    setUndecided([])
  }

  const compareWith = (): void => {
    void pair.other().open(undecided, 'instead')
    setUndecided([])
  }

  return (
    <InspectorProvider>
      <SourceLinks>
        <div className={styles.frame}>
          <a href="#main" className={styles.skip} onClick={skipToMain}>
            Skip to the view
          </a>
          <TopBar capture={shown} searchRef={search} commands={commands} onHelp={() => setView({ view: 'help' })} />
          {shown && <Rail />}
          <ViewShortcutsContext value={told.tell}>
            <MainArea
              admission={admission}
              unopened={unopened}
              dialogs={dialogs}
              onRuleFile={(file) => void ruleFile.take(file)}
              late={late}
            />
            {shown && <MailLayer />}
            <SessionLayer
              file={sessionQueue.at(0)}
              onFile={(file) => setSessionQueue((queue) => [...queue, file])}
              onTaken={() => setSessionQueue((queue) => queue.slice(1))}
              onSaid={setSessionSaid}
              onLate={late.tell}
            />
          </ViewShortcutsContext>
          <InspectorFrame isFolded={inspector.isFolded} onToggle={inspector.toggle} />
          <StatusLine
            overview={shown?.overview}
            rules={shown?.rules}
            said={sessionSaid === '' ? lines.said : sessionSaid}
            reading={trace.status === 'loading' ? readingText(trace, view.view) : undefined}
          />
        </div>
        {shown && <LineInspector overview={shown.overview} />}
        <ClassPatterns />
        <FileInputs dialogs={inputs} onFiles={(files) => void takeFiles(files)} />
        <DropTarget
          onFiles={(files) => {
            decided.current = undefined // these were not chosen for that
            void takeFiles(files)
          }}
        />
        {over === 'palette' && (
          <Palette
            shortcuts={[
              ...told.shortcuts.map((shortcut) => ({ ...shortcut, id: `${view.view} ${shortcut.id}` })),
              ...shortcuts,
            ]}
            onClose={() => setOver(undefined)}
          />
        )}
        {over === 'settings' && <SettingsOver onClose={() => setOver(undefined)} />}
        {over === 'share' && shown && <ShareOver capture={shown} onClose={() => setOver(undefined)} />}
        {over === 'paste' && <PasteDialog onClose={() => setOver(undefined)} />}
        <AddOrReplace
          files={undecided}
          onAdd={() => decide(true)}
          onReplace={() => decide(false)}
          onCompare={view.view === 'compare' ? compareWith : undefined}
          onClose={() => setUndecided([])}
        />
        <RuleFileNotice said={ruleFile.said} onClose={ruleFile.close} />
        {link.waitingFor && <WaitingLink file={link.waitingFor} onClose={link.close} />}
        {link.replaced && <UncopiedLink file={link.replaced} onClose={link.close} />}
        {link.shown && <CopiedLink {...link.shown} onClose={link.close} />}
      </SourceLinks>
    </InspectorProvider>
  )
}

/** Rows are as high as the person likes them, from the first drawing on. */
function useDensity(): void {
  const [{ density }] = useSettings()
  useEffect(() => {
    document.documentElement.dataset['density'] = density
  }, [density])
}

/** Whether the inspector is folded away: as was chosen, else in half a screen until lines are asked for. */
function useInspectorFold(hasLines: boolean): {
  readonly isFolded: boolean
  readonly toggle: () => void
  readonly show: () => void
} {
  const [choice, setChoice] = useState<boolean>()
  const isNarrow = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false }) ?? false
  const isFolded = choice ?? (isNarrow && !hasLines)
  return { isFolded, toggle: () => setChoice(!isFolded), show: () => setChoice(undefined) }
}

/** The link's hash is the router's: the focus is moved by hand. */
function skipToMain(event: MouseEvent): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
