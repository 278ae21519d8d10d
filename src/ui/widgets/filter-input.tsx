import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useState,
} from 'react'
import styles from './filter-input.module.css'
import {
  afterKey,
  afterKeys,
  afterOption,
  type FilterAssist,
  type FilterLine,
  type FilterPress,
  type FilterStep,
  isKept,
  isPlainTyping,
  optionsOf,
} from './filter-keys.ts'
import { type Completion, partsOf } from './filter-text.ts'
import { focusNext } from './focus-next.ts'

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
  /** Enter: the text as it stands, right or wrong. */
  readonly onCommit: (text: string) => void
  readonly inputRef: RefObject<HTMLInputElement | null>
}

/**
 * A line in which a filter is typed: completed while typing, what is wrong underlined and told below. Arrow keys choose,
 * Tab or Enter takes what is chosen, Enter applies, Esc closes the list, then undoes, then leaves; arrow up in a closed
 * list goes through filters from before. A key whose effect depends on the completions of the text as it is waits for
 * them, and what is typed behind it waits in line; Esc stops waiting.
 */
export function FilterInput({ inputRef, ...props }: FilterInputProps): ReactNode {
  const { label, value, assist, history, placeholder } = props
  const id = useId()
  const [line, setLine] = useState<FilterLine>(() => lineOf(value))
  const [held, setHeld] = useState<readonly FilterPress[]>([])
  const [seen, setSeen] = useState(value)
  const [sent, setSent] = useState(value)
  const [scrolled, setScrolled] = useState(0)
  if (seen !== value) {
    setSeen(value)
    // What comes back of this line's own text is older than what is being typed.
    if (value !== sent) {
      setSent(value)
      setLine(lineOf(value))
    }
  }
  const known = { value: sent, history, assist }
  const draft = line.text
  const options = optionsOf(line, known)
  const chosen = options.findIndex(({ text }) => text === line.chosen)
  const mistakes = assist?.mistakes ?? []
  const isOpen = options.length > 0

  /** The line with the caret where it is: arrow keys move it without a word. */
  const here = (): FilterLine => ({ ...line, caret: inputRef.current?.selectionStart ?? line.caret })
  const put = (next: FilterLine) => {
    setLine(next)
    if (next.text !== line.text || next.caret !== line.caret) props.onDraft(next.text, next.caret)
  }
  const follow = ({ line: next, does }: FilterStep) => {
    put(next)
    if (does === 'blur') inputRef.current?.blur()
    if (does === 'next' && inputRef.current) focusNext(inputRef.current)
    if (does !== 'commit') return
    setSent(next.text.trim())
    if (next.text.trim() !== sent) props.onCommit(next.text.trim())
  }
  const hold = (press: FilterPress) => {
    const now = here()
    setLine(now)
    setHeld([press])
    props.onDraft(now.text, now.caret)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return
    const key = event.shiftKey && event.key === 'Tab' ? 'Shift+Tab' : event.key
    if (held.length > 0 && key === 'Escape') {
      setHeld([])
      follow(afterKeys(line, held.filter(isPlainTyping), known))
    } else if (held.length > 0) {
      if (!isKept(key)) return
      setHeld((before) => [...before, key])
    } else {
      const step = afterKey(here(), key, known)
      if (step === undefined) return
      if (step === 'wait') hold(key)
      else follow(step)
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const take = (option: Completion) => {
    const step = afterOption(here(), option, known)
    if (step === 'wait') hold(option)
    else follow(step)
  }

  useLayoutEffect(() => {
    const input = inputRef.current
    // A text that was not typed has the caret at its end; a key pressed next must be written where this line says.
    if (input && input === document.activeElement && input.selectionStart !== line.caret)
      input.setSelectionRange(line.caret, line.caret)
  }, [line, inputRef])
  const replay = useEffectEvent(() => {
    const { rest, ...step } = afterKeys(line, held, known)
    if (rest.length === held.length) return
    setHeld(step.does === 'next' ? [] : rest)
    follow(step)
  })
  useLayoutEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- keys are answered as the answer comes, before the next can be pressed
    if (held.length > 0) replay()
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- replay reads these, and they are what it waits for
  }, [held, assist, line])

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
          onChange={({ currentTarget: { value: text, selectionStart } }) => {
            setHeld([]) // written past the keys, by a paste or an input method
            put({ text, caret: selectionStart ?? text.length, list: 'completions', chosen: undefined })
          }}
          onFocus={() => {
            const now = here()
            setLine(now)
            props.onDraft(now.text, now.caret)
          }}
          onClick={() => put({ ...here(), chosen: undefined })}
          onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
          onBlur={() => {
            setHeld([])
            setLine({ ...line, list: 'closed', chosen: undefined })
          }}
          onKeyDown={onKeyDown}
        />
        {draft === '' && (
          <kbd className={`key-cap ${styles.key}`} aria-hidden="true">
            {props.keyText}
          </kbd>
        )}
        {isOpen && (
          <Options
            id={id}
            name={line.list === 'history' ? 'Filters from before' : 'Completions'}
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

function lineOf(text: string): FilterLine {
  return { text, caret: text.length, list: 'closed', chosen: undefined }
}

interface OptionsProps {
  readonly id: string
  readonly name: string
  readonly options: readonly Completion[]
  readonly chosen: number
  readonly onTake: (option: Completion) => void
}

function Options({ id, name, options, chosen, onTake }: OptionsProps): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus -- a select cannot show what each is
    <div id={`${id}-list`} role="listbox" aria-label={name} className={styles.options}>
      {options.map((option, at) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus -- the input keeps the focus and has the keys
        <div
          key={option.text}
          id={`${id}-${at}`}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see the list
          role="option"
          aria-selected={at === chosen}
          className={`list-option ${styles.option}`}
          ref={(element) => {
            if (at === chosen) element?.scrollIntoView({ block: 'nearest' })
          }}
          onPointerDown={(event) => event.preventDefault()} // the input keeps the focus
          onClick={() => onTake(option)}
        >
          <span className="data">{option.text}</span>
          <span className={styles.detail}>{option.detail}</span>
        </div>
      ))}
    </div>
  )
}
