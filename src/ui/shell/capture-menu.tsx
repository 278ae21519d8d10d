import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { mainFileOf } from '../../state/capture-ref.ts'
import { useView } from '../../state/use-view.ts'
import { movePopupFocus, showPopup } from '../widgets/popup-menu.ts'
import styles from './capture-menu.module.css'
import { type FrameCommands } from './use-app-shortcuts.ts'

interface CaptureMenuProps {
  readonly files: OverviewAnswer['files']
  readonly commands: FrameCommands
}

/** `capture: trace.txt + 3 ▾`: the files that are open, and what may be done with them. */
export function CaptureMenu({ files, commands }: CaptureMenuProps): ReactNode {
  const [, setView] = useView()
  const [beside, setBeside] = useState<DOMRect>()
  const button = useRef<HTMLButtonElement>(null)
  const others = files.length > 1 ? ` + ${files.length - 1}` : ''
  const close = (): void => {
    setBeside(undefined)
    button.current?.focus()
  }
  const take = (run: () => void): void => {
    close()
    run()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape' || event.key === 'Tab') close()
    else if (!movePopupFocus(event)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const actions = [
    { label: 'Add files…', run: commands.addFiles },
    { label: 'Open other files instead…', run: commands.replaceFiles },
    { label: 'Paste text…', run: commands.pasteText },
    { label: 'Close the capture', run: commands.closeCapture },
  ]
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`${styles.button} data`}
        aria-label={`capture: ${mainFileOf(files)?.name ?? ''}${others}`}
        aria-haspopup="menu"
        aria-expanded={beside !== undefined}
        title={files.map((file) => file.name).join(', ')}
        onClick={() => setBeside(beside ? undefined : button.current?.getBoundingClientRect())}
      >
        <span className={styles.word}>capture: </span>
        <span className={styles.name}>{mainFileOf(files)?.name}</span>
        {others} <span aria-hidden="true">▾</span>
      </button>
      {beside && (
        <div
          ref={(menu) => {
            if (menu) showPopup(menu, beside)
          }}
          role="menu"
          tabIndex={-1}
          aria-label="Capture"
          className={`pop-menu ${styles.menu}`}
          popover="manual"
          onKeyDown={onKeyDown}
          onBlur={(event) => {
            const to = event.relatedTarget
            if (!event.currentTarget.contains(to) && to !== button.current) setBeside(undefined)
          }}
        >
          {files.map((file) => (
            <button
              key={file.index}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={`menu-item ${styles.item}`}
              onClick={() => take(() => setView({ view: 'files', section: 'files' }))}
            >
              <span className="data">{file.name}</span>
              <span className={styles.about}>
                {file.formatLabel}, {file.sizeBytes} bytes
              </span>
            </button>
          ))}
          <hr className={styles.line} />
          {actions.map(({ label, run }) => (
            <button
              key={label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={`menu-item ${styles.item}`}
              onClick={() => take(run)}
            >
              {label}
            </button>
          ))}
        </div>
      )}
    </>
  )
}
