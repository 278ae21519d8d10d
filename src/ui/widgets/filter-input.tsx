import { type KeyboardEvent, type ReactNode, type RefObject, useId, useState } from 'react'
import styles from './filter-input.module.css'
import { afterCompletion, type Completion, type Mistake, partsOf, type TextSpan } from './filter-text.ts'

/** What is known of the text that is being typed. */
export interface FilterAssist {
  readonly mistakes: readonly Mistake[]
  /** The part of the text that a completion replaces. */
  readonly replaced: TextSpan
  readonly completions: readonly Completion[]
}

interface FilterInputProps {
  readonly label: string
  /** What is in force. */
  readonly value: string
  readonly placeholder: string
  /** Key that leads here, as it is shown. */
  readonly keyText: string
  /** About the draft that was told last; absent while that is found out. */
  readonly assist: FilterAssist | undefined
  /** Filters from before, the last one first. */
  readonly history: readonly string[]
  readonly onDraft: (text: string, caret: number) => void
  /** Enter, or leaving: the text as it stands, right or wrong. */
  readonly onCommit: (text: string) => void
  readonly inputRef: RefObject<HTMLInputElement | null>
}

/**
 * A line in which a filter is typed: completed while typing, what is wrong underlined and told below. Arrow keys choose,
 * Tab or Enter takes what is chosen, Enter applies, Esc closes the list, then undoes, then leaves; arrow up in a closed
 * list goes through filters from before.
 */
export function FilterInput({ inputRef, ...props }: FilterInputProps): ReactNode {
  const { label, value, assist, history, placeholder } = props
  const id = useId()
  const [draft, setDraft] = useState(value)
  const [seen, setSeen] = useState(value)
  const [list, setList] = useState<'closed' | 'completions' | 'history'>('closed')
  const [chosen, setChosen] = useState(-1)
  const [scrolled, setScrolled] = useState(0)
  if (seen !== value) {
    setSeen(value)
    setDraft(value)
  }
  const options: readonly Completion[] =
    list === 'history'
      ? history.map((text) => ({ text, detail: '' }))
      : list === 'closed'
        ? []
        : (assist?.completions ?? [])
  const mistakes = assist?.mistakes ?? []
  const isOpen = options.length > 0

  const write = (text: string, caret: number) => {
    setDraft(text)
    setChosen(-1)
    props.onDraft(text, caret)
  }
  const take = (at: number) => {
    const option = options[at]
    if (list === 'history' || !assist) {
      write(option.text, option.text.length)
      return setList('closed')
    }
    const next = afterCompletion(draft, assist.replaced, option.text)
    write(next.text, next.caret)
    // Behind a field its values follow; behind a value the list is in the way.
    if (!next.goesOn) setList('closed')
    requestAnimationFrame(() => inputRef.current?.setSelectionRange(next.caret, next.caret))
  }
  const commit = () => {
    setList('closed')
    if (draft.trim() !== value) props.onCommit(draft.trim())
  }
  const choose = (by: number) => {
    setChosen((chosen + by + options.length + (chosen < 0 && by < 0 ? 1 : 0)) % options.length)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const isTyping = list === 'completions' && assist !== undefined && assist.replaced.end > assist.replaced.start
    if (event.key === 'ArrowDown' && isOpen) choose(1)
    else if (event.key === 'ArrowUp' && isOpen) choose(-1)
    else if (event.key === 'ArrowDown') setList(assist?.completions.length ? 'completions' : 'history')
    else if (event.key === 'ArrowUp' && history.length > 0) setList('history')
    else if ((event.key === 'Enter' || event.key === 'Tab') && isOpen && chosen >= 0) take(chosen)
    else if (event.key === 'Tab' && !event.shiftKey && isOpen && isTyping) take(0)
    else if (event.key === 'Enter') commit()
    else if (event.key === 'Escape' && isOpen) setList('closed')
    else if (event.key === 'Escape' && draft !== value) write(value, value.length)
    else if (event.key === 'Escape') event.currentTarget.blur()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={styles.box}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.line}>
        <div className={styles.under} aria-hidden="true">
          <span style={{ translate: `${-scrolled}px` }}>
            {partsOf(draft, mistakes).map(({ text, start, isWrong }) => (
              <span key={start} className={isWrong ? styles.wrong : undefined}>
                {text}
              </span>
            ))}
          </span>
        </div>
        <input
          ref={inputRef}
          id={id}
          className={styles.input}
          type="text"
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && chosen >= 0 ? `${id}-${chosen}` : undefined}
          aria-invalid={mistakes.length > 0}
          aria-describedby={mistakes.length > 0 ? `${id}-mistakes` : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={placeholder}
          value={draft}
          onChange={(event) => {
            write(event.currentTarget.value, event.currentTarget.selectionStart ?? event.currentTarget.value.length)
            setList('completions')
          }}
          onFocus={() => props.onDraft(draft, draft.length)}
          onClick={(event) => props.onDraft(draft, event.currentTarget.selectionStart ?? draft.length)}
          onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
          onBlur={() => setList('closed')}
          onKeyDown={onKeyDown}
        />
        {draft === '' && (
          <kbd className={styles.key} aria-hidden="true">
            {props.keyText}
          </kbd>
        )}
        {isOpen && (
          <Options
            id={id}
            name={list === 'history' ? 'Filters from before' : 'Completions'}
            options={options}
            chosen={chosen}
            onTake={take}
          />
        )}
      </div>
      {mistakes.length > 0 && (
        <ul className={styles.mistakes} id={`${id}-mistakes`}>
          {mistakes.map(({ start, message }) => (
            <li key={`${start} ${message}`}>
              <span className="data">{start + 1}</span> {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

interface OptionsProps {
  readonly id: string
  readonly name: string
  readonly options: readonly Completion[]
  readonly chosen: number
  readonly onTake: (at: number) => void
}

function Options({ id, name, options, chosen, onTake }: OptionsProps): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus -- a select cannot show what each is
    <div id={`${id}-list`} role="listbox" aria-label={name} className={styles.options}>
      {options.map(({ text, detail }, at) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus -- the input keeps the focus and has the keys
        <div
          key={text}
          id={`${id}-${at}`}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see the list
          role="option"
          aria-selected={at === chosen}
          className={styles.option}
          ref={(element) => {
            if (at === chosen) element?.scrollIntoView({ block: 'nearest' })
          }}
          onPointerDown={(event) => event.preventDefault()} // the input keeps the focus
          onClick={() => onTake(at)}
        >
          <span className="data">{text}</span>
          <span className={styles.detail}>{detail}</span>
        </div>
      ))}
    </div>
  )
}
