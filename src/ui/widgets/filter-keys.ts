import { afterCompletion, type Completion, type Mistake, type TextSpan } from './filter-text.ts'

/** What is known of a filter that is being typed. */
export interface FilterAssist {
  /** The text and caret that this is about; absent in an answer to an earlier text, shown until the next is there. */
  readonly about: { readonly text: string; readonly caret: number } | undefined
  readonly mistakes: readonly Mistake[]
  /** The part of the text that a completion replaces. */
  readonly replaced: TextSpan
  readonly completions: readonly Completion[]
}

/** The line as it is typed, and what is open under it. */
export interface FilterLine {
  readonly text: string
  readonly caret: number
  readonly list: 'closed' | 'completions' | 'history'
  /** Text of the option that the arrow keys are on. */
  readonly chosen: string | undefined
}

/** A key, or an option that was clicked. */
export type FilterPress = string | Completion

/** What keys are answered by. */
export interface FilterKnown {
  /** The filter in force. */
  readonly value: string
  /** Filters from before, the last one first. */
  readonly history: readonly string[]
  readonly assist: FilterAssist | undefined
}

/** What a key leads to: the line after it, and what is done with it. `next`: the focus goes to what follows. */
export interface FilterStep {
  readonly line: FilterLine
  readonly does?: 'commit' | 'blur' | 'next'
}

/** The options under the line, as they are shown: those of an earlier text until the next are there. */
export function optionsOf({ list }: FilterLine, { assist, history }: FilterKnown): readonly Completion[] {
  if (list === 'history') return history.map((text) => ({ text, detail: '' }))
  return list === 'closed' ? [] : (assist?.completions ?? [])
}

/**
 * What a key does. `wait`: that depends on an answer about this very text and caret, which is not there yet; a
 * completion for an earlier text would be written over what was typed since. Absent: the browser's to answer.
 */
export function afterKey(line: FilterLine, key: string, known: FilterKnown): FilterStep | 'wait' | undefined {
  if (isDecidedByAnswer(line, key) && !isAbout(known.assist, line)) return 'wait'
  const options = optionsOf(line, known)
  const chosen = options.find(({ text }) => text === line.chosen)
  switch (key) {
    case 'ArrowDown':
      return { line: options.length > 0 ? moved(line, options, 1) : opened(line, known) }
    case 'ArrowUp':
      if (options.length > 0) return { line: moved(line, options, -1) }
      return known.history.length > 0 ? { line: { ...line, list: 'history', chosen: undefined } } : undefined
    case 'Tab':
      if (chosen) return { line: taken(line, chosen, known) }
      return options.length > 0 && isTyping(line, known) ? { line: taken(line, options[0], known) } : undefined
    case 'Enter':
      if (chosen) return { line: taken(line, chosen, known) }
      return { line: { ...line, list: 'closed' }, does: 'commit' }
    case 'Escape':
      return escaped(line, options, known)
    default:
      return undefined
  }
}

/** What is left of keys that had to wait. */
export interface FilterReplay extends FilterStep {
  /** Still to be answered: they depend on an answer, or follow what the last step does. */
  readonly rest: readonly FilterPress[]
}

/** Answers what was pressed, in that order, up to the first that must wait or that does something outside. */
export function afterKeys(line: FilterLine, held: readonly FilterPress[], known: FilterKnown): FilterReplay {
  let now = line
  for (const [at, press] of held.entries()) {
    const step =
      typeof press === 'string' ? (afterKey(now, press, known) ?? typed(now, press)) : afterOption(now, press, known)
    if (step === 'wait') return { line: now, rest: held.slice(at) }
    now = step.line
    if (step.does !== undefined) return { line: now, does: step.does, rest: held.slice(at + 1) }
  }
  return { line: now, rest: [] }
}

/** The line with an option in it, where the list is about it; `wait` as in `afterKey`. */
export function afterOption(line: FilterLine, option: Completion, known: FilterKnown): FilterStep | 'wait' {
  if (line.list === 'completions' && !isAbout(known.assist, line)) return 'wait'
  return { line: taken(line, option, known) }
}

/** Whether a key is kept in line behind one that waits. */
export function isKept(key: string): boolean {
  return key.length === 1 || KEPT.has(key)
}

/** Whether a key writes or moves the caret, whatever is known. */
export function isPlainTyping(press: FilterPress): boolean {
  return typeof press === 'string' && (press.length === 1 || CARET.has(press))
}

const CARET = new Set(['Backspace', 'Delete', 'ArrowLeft', 'ArrowRight', 'Home', 'End'])
const KEPT = new Set([...CARET, 'ArrowUp', 'ArrowDown', 'Tab', 'Enter'])

function isAbout(assist: FilterAssist | undefined, { text, caret }: FilterLine): boolean {
  return assist?.about !== undefined && assist.about.text === text && assist.about.caret === caret
}

/** Esc answers what is seen, and Enter alone applies what is typed: neither waits. */
function isDecidedByAnswer({ list, chosen }: FilterLine, key: string): boolean {
  if (list === 'history') return false
  if (key === 'ArrowDown') return true
  if (list === 'closed') return false
  return key === 'ArrowUp' || key === 'Tab' || (key === 'Enter' && chosen !== undefined)
}

function isTyping({ list }: FilterLine, { assist }: FilterKnown): boolean {
  return list === 'completions' && assist !== undefined && assist.replaced.end > assist.replaced.start
}

function moved(line: FilterLine, options: readonly Completion[], by: 1 | -1): FilterLine {
  const at = options.findIndex(({ text }) => text === line.chosen)
  const next = at < 0 && by < 0 ? options.length - 1 : (at + by + options.length) % options.length
  return { ...line, chosen: options[next].text }
}

function opened(line: FilterLine, { assist }: FilterKnown): FilterLine {
  return { ...line, list: assist?.completions.length ? 'completions' : 'history', chosen: undefined }
}

function taken(line: FilterLine, { text }: Completion, { assist }: FilterKnown): FilterLine {
  if (line.list === 'history' || !assist) return { text, caret: text.length, list: 'closed', chosen: undefined }
  const next = afterCompletion(line.text, assist.replaced, text)
  // Behind a field its values follow; behind a value the list is in the way.
  return { text: next.text, caret: next.caret, list: next.goesOn ? line.list : 'closed', chosen: undefined }
}

function escaped(line: FilterLine, options: readonly Completion[], { value }: FilterKnown): FilterStep {
  const closed: FilterLine = { ...line, list: 'closed', chosen: undefined }
  if (options.length > 0) return { line: closed }
  if (line.text !== value) return { line: { ...closed, text: value, caret: value.length } }
  return { line: closed, does: 'blur' }
}

/** What the browser would have done, had the key not waited. */
function typed(line: FilterLine, key: string): FilterStep {
  const { text, caret } = line
  const written = (before: string, after: string): FilterStep => ({
    line: { text: before + after, caret: before.length, list: 'completions', chosen: undefined },
  })
  const at = (to: number): FilterStep => ({
    line: { ...line, caret: Math.max(0, Math.min(to, text.length)), chosen: undefined },
  })
  if (key.length === 1) return written(text.slice(0, caret) + key, text.slice(caret))
  if (key === 'Backspace') return written(text.slice(0, Math.max(0, caret - 1)), text.slice(caret))
  if (key === 'Delete') return written(text.slice(0, caret), text.slice(caret + 1))
  if (key === 'ArrowLeft') return at(caret - 1)
  if (key === 'ArrowRight') return at(caret + 1)
  if (key === 'Home') return at(0)
  if (key === 'End') return at(text.length)
  return key === 'Tab' ? { line, does: 'next' } : { line }
}
