import { useMantineColorScheme } from '@mantine/core'
import { CircleHelp, Command, Moon, Settings, Sun, SunMoon } from 'lucide-react'
import { type ReactNode, type Ref } from 'react'
import { type Capture } from '../../state/capture-store.ts'
import { CaptureMenu } from './capture-menu.tsx'
import { SearchBox } from './search-box.tsx'
import { showKeys } from './shortcut.ts'
import styles from './top-bar.module.css'
import { type FrameCommands, nextScheme } from './use-app-shortcuts.ts'

interface TopBarProps {
  readonly capture: Capture | undefined
  readonly searchRef: Ref<HTMLInputElement>
  readonly commands: FrameCommands
  readonly onHelp: () => void
}

const SCHEME_ICONS = { auto: SunMoon, light: Sun, dark: Moon } as const
const SCHEME_WORDS = { auto: 'system', light: 'light', dark: 'dark' } as const

/** Name, capture, search, and the few buttons that every screen has. No `header`: a dialog has one, and a page one banner. */
export function TopBar({ capture, searchRef, commands, onHelp }: TopBarProps): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const SchemeIcon = SCHEME_ICONS[colorScheme]
  return (
    <section className={styles.bar} aria-label="Capture, search and settings">
      <span className={styles.name}>pinscope</span>
      {capture && <CaptureMenu files={capture.overview.files} commands={commands} />}
      {capture ? <SearchBox inputRef={searchRef} /> : <span className={styles.space} />}
      <span className={styles.space} />
      {capture && (
        <BarButton label="Copy a link to exactly this view" keys="y" onClick={commands.copyLink}>
          Copy link
        </BarButton>
      )}
      {capture && (
        <BarButton label="Share: link, slice, report, mail" keys="S" onClick={commands.share}>
          Share
        </BarButton>
      )}
      <BarButton label="Find an action by name" keys={showKeys('mod+k')} onClick={commands.showPalette}>
        <Command size={16} aria-hidden="true" />
      </BarButton>
      <BarButton
        label={`Theme: ${SCHEME_WORDS[colorScheme]}`}
        keys="t"
        onClick={() => setColorScheme(nextScheme(colorScheme))}
      >
        <SchemeIcon size={16} aria-hidden="true" />
      </BarButton>
      <BarButton label="Settings" keys="," onClick={commands.showSettings}>
        <Settings size={16} aria-hidden="true" />
      </BarButton>
      <BarButton label="Help" keys="?" onClick={onHelp}>
        <CircleHelp size={16} aria-hidden="true" />
      </BarButton>
    </section>
  )
}

interface BarButtonProps {
  readonly label: string
  readonly keys: string
  readonly onClick: () => void
  readonly children: ReactNode
}

function BarButton({ label, keys, onClick, children }: BarButtonProps): ReactNode {
  const isText = typeof children === 'string'
  return (
    <button
      type="button"
      className={styles.button}
      data-tip={`${label} (${keys})`}
      aria-label={isText ? undefined : label}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
