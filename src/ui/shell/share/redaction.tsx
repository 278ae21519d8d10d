import { type ReactNode, useId, useState } from 'react'
import { type SliceAnswer, type SliceQuestion } from '../../../state/shared-answers.ts'
import styles from './share-dialog.module.css'

/** What is given other names before it leaves. */
export type RedactChoice = SliceQuestion['redact']
type Redactable = Extract<SliceAnswer, { found: true }>['redactable']

/** Nothing is. */
export const REDACT_NOTHING: RedactChoice = { comms: false, pids: false, addresses: false, files: false, symbols: [] }

interface RedactionProps {
  readonly choice: RedactChoice
  readonly redactable: Redactable
  /** Somebody said something that goes along: authors have names. */
  readonly hasPeople: boolean
  readonly onChange: (choice: RedactChoice) => void
}

/** True when something is given another name. */
export function isRedacting({ symbols, ...kinds }: RedactChoice): boolean {
  return symbols.length > 0 || Object.values(kinds).includes(true)
}

const MOST_LISTED = 200

/** What is given other names before it leaves: the same other name wherever the same one stood. */
export function Redaction({ choice, redactable, hasPeople, onChange }: RedactionProps): ReactNode {
  const { comms, pids } = redactable
  const kinds = [
    ['comms', `names of tasks (${comms.length})`],
    ['pids', `pids (${pids})`],
    ['addresses', 'kernel addresses'],
    ['files', 'file names and paths'],
    ['host', 'host, hardware and who built the kernel'],
    ...(hasPeople ? ([['people', 'names of people']] as const) : []),
  ] as const
  return (
    <fieldset className={styles.redaction}>
      <legend>Give other names to, before it leaves</legend>
      {kinds.map(([kind, label]) => (
        <label key={kind}>
          <input
            type="checkbox"
            checked={choice[kind] === true}
            onChange={(event) => onChange({ ...choice, [kind]: event.target.checked })}
          />{' '}
          {label}
        </label>
      ))}
      <Symbols choice={choice} symbols={redactable.symbols} onChange={onChange} />
    </fieldset>
  )
}

interface SymbolsProps {
  readonly choice: RedactChoice
  readonly symbols: readonly string[]
  readonly onChange: (choice: RedactChoice) => void
}

/** Functions and modules, one by one: a driver that is not public yet. */
function Symbols({ choice, symbols, onChange }: SymbolsProps): ReactNode {
  const [filter, setFilter] = useState('')
  const id = useId()
  const wanted = filter.trim().toLowerCase()
  const listed = symbols.filter((symbol) => symbol.toLowerCase().includes(wanted)).slice(0, MOST_LISTED)
  const toggle = (symbol: string, isChosen: boolean): void => {
    const others = choice.symbols.filter((one) => one !== symbol)
    onChange({ ...choice, symbols: isChosen ? [...others, symbol] : others })
  }
  return (
    <details className={styles.symbols}>
      <summary>
        functions and modules ({choice.symbols.length} of {symbols.length})
      </summary>
      <label htmlFor={id}>Find</label>{' '}
      <input
        id={id}
        className="text-input data"
        type="text"
        spellCheck={false}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      <ul className={`${styles.symbolList} data`}>
        {listed.map((symbol) => (
          <li key={symbol}>
            <label>
              <input
                type="checkbox"
                checked={choice.symbols.includes(symbol)}
                onChange={(event) => toggle(symbol, event.target.checked)}
              />{' '}
              {symbol}
            </label>
          </li>
        ))}
      </ul>
      {listed.length === MOST_LISTED && <p className={styles.dim}>The first {MOST_LISTED}; find others by name.</p>}
    </details>
  )
}
