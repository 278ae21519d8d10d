import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { COPY_FORMS, type CopyForm, type CopyTable, writeCopy } from '../../base/copy-table.ts'
import { type ChartElement, pngOf, svgTextOf } from './copy-chart.ts'
import styles from './copy-menu.module.css'
import { copyOrSave, type CopyOutcome, copyPictureOrSave, fileNameOf, saveFile } from './copy-out.ts'
import { movePopupFocus, showPopup } from './popup-menu.ts'
import { useCopySaid } from './use-copy-said.ts'

/** Some of what is there to be copied: the row, the marked rows, the whole table. */
export interface CopyChoice {
  readonly label: string
  readonly table: () => CopyTable | Promise<CopyTable>
}

/** A text that is no table, such as a stack as the kernel prints it. */
export interface CopyText {
  /** Stands in the menu, and after `copied as`. */
  readonly label: string
  readonly extension: string
  readonly write: () => string | Promise<string>
}

/** What can be copied; what is absent is not offered. */
export interface CopyMenuProps {
  /** What is copied, in words: `memory map`, `stack of the get`. Names the files that are saved. */
  readonly name: string
  readonly table?: () => CopyTable | Promise<CopyTable>
  /** In place of `table`, asked when the menu opens; the first is offered first. */
  readonly choices?: () => readonly CopyChoice[]
  /** Texts that are no tables; one called `text` takes the place of the table as text. */
  readonly texts?: readonly CopyText[]
  /** Nothing when no chart is drawn. */
  readonly chart?: () => ChartElement | undefined
  /** What the picture says of itself, beside its name. */
  readonly description?: () => string
  /** What was copied by a key of its own, said in the same place. */
  readonly said?: string
  /** False where `Y` is the key, as in a table, whose rows are its one stop. */
  readonly isTabStop?: boolean
  readonly className?: string
}

/** An open menu: what can be chosen, what is chosen, and where its button is. */
interface Opened {
  readonly choices: readonly CopyChoice[]
  readonly at: number
  readonly beside: DOMRect | undefined
}

interface Item {
  readonly key: string
  readonly label: string
  /** What was done, in words, or the outcome that words are made of. */
  readonly run: () => Promise<string>
}

const FORM_WORDS: Readonly<Record<CopyForm, string>> = { text: 'text', markdown: 'Markdown', csv: 'CSV', json: 'JSON' }
const EXTENSIONS: Readonly<Record<CopyForm, string>> = { text: 'txt', markdown: 'md', csv: 'csv', json: 'json' }
const MEDIA_TYPES: Readonly<Record<CopyForm, string>> = {
  text: 'text/plain',
  markdown: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
}

/**
 * A small button whose menu copies what is shown: as text, Markdown, CSV or JSON; a chart as a picture too, which can also
 * be saved. What was done is said beside it. `Y` opens the one that is nearest to the focus, by `data-copy-menu`.
 */
export function CopyMenu(props: CopyMenuProps): ReactNode {
  const { name } = props
  const [opened, setOpened] = useState<Opened>()
  const [said, say] = useCopySaid()
  const button = useRef<HTMLButtonElement>(null)
  const before = useRef<Element | null>(null)

  const open = (): void => {
    before.current = document.activeElement
    setOpened({ choices: choicesOf(props), at: 0, beside: button.current?.getBoundingClientRect() })
  }
  const close = (): void => {
    setOpened(undefined)
    const target = before.current instanceof HTMLElement && before.current.isConnected ? before.current : button.current
    if (target !== document.body) target?.focus({ preventScroll: true })
  }
  const run = async (item: Item): Promise<void> => {
    close()
    say('copying…')
    say(
      await item
        .run()
        .catch((error: unknown) => `not copied: ${error instanceof Error ? error.message : String(error)}`),
    )
  }
  return (
    <span className={`${styles.place} ${props.className ?? ''}`}>
      <output className={styles.said}>{said === '' ? props.said : said}</output>
      <button
        ref={button}
        type="button"
        tabIndex={props.isTabStop === false ? -1 : undefined}
        className={styles.button}
        aria-haspopup="menu"
        aria-expanded={opened !== undefined}
        aria-label={`Copy: ${name}`}
        title={`Copy the ${name} (Y)`}
        data-copy-menu=""
        onClick={() => (opened ? close() : open())}
      >
        Copy
      </button>
      {opened && (
        <MenuList
          name={name}
          opened={opened}
          items={itemsOf(props, opened.choices[opened.at])}
          onChoice={(at) => setOpened({ ...opened, at })}
          onRun={(item) => void run(item)}
          onClose={close}
          onLeave={() => setOpened(undefined)}
        />
      )}
    </span>
  )
}

interface MenuListProps {
  readonly name: string
  readonly opened: Opened
  readonly items: readonly Item[]
  readonly onChoice: (at: number) => void
  readonly onRun: (item: Item) => void
  readonly onClose: () => void
  /** The focus went elsewhere by itself. */
  readonly onLeave: () => void
}

function MenuList({ name, opened, items, ...on }: MenuListProps): ReactNode {
  const { choices, at, beside } = opened
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step !== undefined && choices.length > 1) on.onChoice((at + step + choices.length) % choices.length)
    else if (event.key === 'Escape' || event.key === 'Tab') on.onClose()
    else if (!movePopupFocus(event)) return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      ref={(menu) => {
        if (menu) showPopup(menu, beside)
      }}
      role="menu"
      tabIndex={-1}
      aria-label={`Copy the ${name} as`}
      className={`pop-menu ${styles.menu}`}
      popover="manual"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const isElsewhere = !event.currentTarget.contains(event.relatedTarget)
        // A press on the button closes the menu by itself.
        if (isElsewhere && event.relatedTarget?.getAttribute('data-copy-menu') !== '') on.onLeave()
      }}
    >
      {choices.length > 1 && (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset draws a frame
        <div className={styles.choices} role="group" aria-label="What">
          {choices.map((choice, position) => (
            <button
              key={choice.label}
              type="button"
              role="menuitemradio"
              aria-checked={position === at}
              tabIndex={-1}
              className={styles.choice}
              onClick={() => on.onChoice(position)}
            >
              {choice.label}
            </button>
          ))}
        </div>
      )}
      {items.map((item) => (
        <button
          key={item.key}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className={`menu-item ${styles.item}`}
          onClick={() => on.onRun(item)}
        >
          {item.label}
        </button>
      ))}
    </div>
  )
}

function choicesOf({ name, table, choices }: CopyMenuProps): readonly CopyChoice[] {
  return choices?.() ?? (table ? [{ label: name, table }] : [])
}

function itemsOf(props: CopyMenuProps, choice: CopyChoice | undefined): readonly Item[] {
  const { name, texts = [] } = props
  const written = texts.map(({ label, extension, write }): Item => {
    const copy = async (): Promise<CopyOutcome> => copyOrSave(await write(), fileNameOf(name, extension), 'text/plain')
    return { key: label, label: capitalised(label), run: async () => outcomeWords(await copy(), label) }
  })
  const forms = COPY_FORMS.filter((form) => choice && !texts.some(({ label }) => label === FORM_WORDS[form]))
  const tables = forms.map((form): Item => {
    const run = async (): Promise<string> => {
      const text = writeCopy(await (choice ?? NOTHING).table(), form)
      return outcomeWords(
        await copyOrSave(text, fileNameOf(name, EXTENSIONS[form]), MEDIA_TYPES[form]),
        FORM_WORDS[form],
      )
    }
    return { key: form, label: capitalised(FORM_WORDS[form]), run }
  })
  return [...written, ...tables, ...pictureItems(props)]
}

const NOTHING: CopyChoice = { label: '', table: () => ({ title: '', columns: [], rows: [] }) }

function pictureItems({ name, chart, description }: CopyMenuProps): readonly Item[] {
  const drawn = chart?.()
  if (!drawn) return []
  const words = { title: name, description: description?.() }
  const svg = (): string => svgTextOf(drawn, words)
  const save = (content: Blob, extension: string): string => {
    saveFile(content, fileNameOf(name, extension))
    return `saved as ${fileNameOf(name, extension)}`
  }
  return [
    {
      key: 'svg',
      label: 'SVG',
      run: async () => outcomeWords(await copyOrSave(svg(), fileNameOf(name, 'svg'), 'image/svg+xml'), 'SVG'),
    },
    {
      key: 'png',
      label: 'PNG',
      run: async () => outcomeWords(await copyPictureOrSave(pngOf(drawn, words), fileNameOf(name, 'png')), 'PNG'),
    },
    {
      key: 'save svg',
      label: 'Save SVG',
      run: async () => save(new Blob([svg()], { type: 'image/svg+xml' }), 'svg'),
    },
    { key: 'save png', label: 'Save PNG', run: async () => save(await pngOf(drawn, words), 'png') },
  ]
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `copied as Markdown`, or that it was saved, and why. */
function outcomeWords(outcome: CopyOutcome, form: string): string {
  return outcome === 'copied' ? `copied as ${form}` : `the clipboard was refused: saved as ${form}`
}
