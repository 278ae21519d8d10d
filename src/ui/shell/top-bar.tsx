import { Tooltip, useMantineColorScheme } from '@mantine/core'
import { CircleHelp, Moon, Sun, SunMoon } from 'lucide-react'
import { type ReactNode, type Ref } from 'react'
import { mainFileOf } from '../../state/capture-ref.ts'
import { type Capture } from '../../state/capture-store.ts'
import { SearchBox } from './search-box.tsx'
import styles from './top-bar.module.css'
import { nextScheme } from './use-app-shortcuts.ts'

interface TopBarProps {
  readonly capture: Capture | undefined
  readonly searchRef: Ref<HTMLInputElement>
  readonly onOpen: () => void
  readonly onCopyLink: () => void
  readonly onHelp: () => void
}

const SCHEME_ICONS = { auto: SunMoon, light: Sun, dark: Moon } as const
const SCHEME_WORDS = { auto: 'system', light: 'light', dark: 'dark' } as const

/** Name, capture, search, and the few buttons that every screen has. No `header`: a dialog has one, and a page one banner. */
export function TopBar({ capture, searchRef, onOpen, onCopyLink, onHelp }: TopBarProps): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const SchemeIcon = SCHEME_ICONS[colorScheme]
  return (
    <section className={styles.bar} aria-label="Capture, search and settings">
      <span className={styles.name}>pinscope</span>
      {capture && <CaptureName capture={capture} />}
      {capture ? <SearchBox inputRef={searchRef} /> : <span className={styles.space} />}
      <span className={styles.space} />
      {capture && (
        <>
          <BarButton label="Open files" keys="o" onClick={onOpen}>
            Open…
          </BarButton>
          <BarButton label="Copy a link to exactly this view" keys="y" onClick={onCopyLink}>
            Copy link
          </BarButton>
        </>
      )}
      <BarButton
        label={`Theme: ${SCHEME_WORDS[colorScheme]}`}
        keys="t"
        onClick={() => setColorScheme(nextScheme(colorScheme))}
      >
        <SchemeIcon size={16} aria-hidden="true" />
      </BarButton>
      <BarButton label="Keys" keys="?" onClick={onHelp}>
        <CircleHelp size={16} aria-hidden="true" />
      </BarButton>
    </section>
  )
}

function CaptureName({ capture }: { readonly capture: Capture }): ReactNode {
  const { files } = capture.overview
  const main = mainFileOf(files)
  const others = files.length > 1 ? ` + ${files.length - 1}` : ''
  return (
    <Tooltip label={files.map((file) => file.name).join(', ')} multiline maw={480}>
      <span className={`${styles.capture} data`}>
        {main?.name}
        {others}
      </span>
    </Tooltip>
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
    <Tooltip label={`${label}  ${keys}`}>
      <button type="button" className={styles.button} aria-label={isText ? undefined : label} onClick={onClick}>
        {children}
      </button>
    </Tooltip>
  )
}
