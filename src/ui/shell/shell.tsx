import { type ReactNode, useRef, useState } from 'react'
import { isAdmitted } from '../../state/capture-ref.ts'
import { captureOf } from '../../state/capture-store.ts'
import { useCaptureLink, useExampleLink } from '../../state/use-capture-link.ts'
import { sortFiles } from '../../state/rule-files.ts'
import { useCapturePair } from '../../state/use-captures.ts'
import { useTrace } from '../../state/use-trace.ts'
import { useView } from '../../state/use-view.ts'
import { ClassPatterns } from '../theme/class-patterns.tsx'
import { AddOrReplace } from './add-or-replace.tsx'
import { CopiedLink } from './copied-link.tsx'
import { useCopyLink } from './use-copy-link.ts'
import { WaitingLink } from './waiting-link.tsx'
import { UncopiedLink } from './uncopied-link.tsx'
import { DropTarget } from './drop-target.tsx'
import { type FileDialogs, FileInputs } from './file-inputs.tsx'
import { Help } from './help.tsx'
import { InspectorFrame, InspectorProvider } from './inspector.tsx'
import { LineInspector } from './line-inspector.tsx'
import { MainArea } from './main-area.tsx'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import styles from './shell.module.css'
import { type Shortcut } from './shortcut.ts'
import { StatusLine } from './status-line.tsx'
import { TopBar } from './top-bar.tsx'
import { useAppShortcuts } from './use-app-shortcuts.ts'
import { RuleFileNotice, useRuleFile } from './rule-file-notice.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { ViewShortcutsContext } from './view-shortcuts.ts'

/** The whole page: top bar, rail, view, inspector, status line, and what lies over them. */
export function Shell(): ReactNode {
  const [trace, { open }] = useTrace()
  const [view] = useView()
  const [, pair] = useCapturePair()
  const ruleFile = useRuleFile()
  const admission = useCaptureLink()
  useExampleLink()
  const search = useRef<HTMLInputElement>(null)
  const inputs = useRef<FileDialogs>(null)
  const [isHelpOpen, setIsHelpOpen] = useState(false)
  const [viewShortcuts, setViewShortcuts] = useState<readonly Shortcut[]>([])
  const [undecided, setUndecided] = useState<readonly File[]>([])
  const link = useCopyLink()

  const capture = captureOf(trace)
  const shown = admission !== undefined && isAdmitted(admission) ? capture : undefined
  const dialogs: FileDialogs = {
    chooseFiles: () => inputs.current?.chooseFiles(),
    chooseFolder: () => inputs.current?.chooseFolder(),
  }
  const commands = {
    focusSearch: () => search.current?.focus(),
    showHelp: () => setIsHelpOpen(true),
    copyLink: () => link.copy(view),
    chooseFiles: dialogs.chooseFiles,
  }
  const shortcuts = useAppShortcuts(commands)
  useShortcuts(shortcuts)

  /** Files that came while something is shown may belong to it: that is asked. Else they are simply opened. */
  const takeCapture = (files: readonly File[]): void => (shown ? setUndecided(files) : open(files))
  const takeFiles = async (files: readonly File[]): Promise<void> => {
    const { ruleFiles, others } = await sortFiles(files)
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
      <div className={styles.frame}>
        <TopBar
          capture={shown}
          searchRef={search}
          onOpen={commands.chooseFiles}
          onCopyLink={commands.copyLink}
          onHelp={commands.showHelp}
        />
        {shown && <Rail />}
        <ViewShortcutsContext value={setViewShortcuts}>
          <MainArea admission={admission} dialogs={dialogs} onRuleFile={(file) => void ruleFile.take(file)} />
        </ViewShortcutsContext>
        <InspectorFrame />
        <StatusLine overview={shown?.overview} rules={shown?.rules} />
      </div>
      {shown && <LineInspector overview={shown.overview} />}
      <ClassPatterns />
      <FileInputs dialogs={inputs} onFiles={(files) => void takeFiles(files)} />
      <DropTarget onFiles={(files) => void takeFiles(files)} />
      <Palette shortcuts={[...viewShortcuts, ...shortcuts]} />
      <Help shortcuts={shortcuts} isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} />
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
    </InspectorProvider>
  )
}
