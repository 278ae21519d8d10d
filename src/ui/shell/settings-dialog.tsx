import { useMantineColorScheme } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import { EXAMPLE_TEMPLATE, templateProblem } from '../../base/source-template.ts'
import { settingsTrouble, useSettings } from '../../state/settings-store.ts'
import { DENSITIES } from '../../state/settings.ts'
import { AuthorField } from '../session/author-field.tsx'
import { Dialog } from './dialog.tsx'
import { EmbedOrigins } from './embed-origins.tsx'
import styles from './settings-dialog.module.css'

const SCHEMES = ['auto', 'light', 'dark'] as const
const SCHEME_WORDS = { auto: 'as the system', light: 'light', dark: 'dark' } as const
const DENSITY_WORDS = { compact: 'compact, 20 px a row', comfortable: 'comfortable, 24 px a row' } as const

/** What a person likes. Each choice holds at once, and is kept in this browser alone. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [{ density }, change] = useSettings()
  return (
    <Dialog title="Settings" onClose={onClose} size="wide">
      <Choice
        legend="Theme"
        keys="t"
        values={SCHEMES}
        words={SCHEME_WORDS}
        value={colorScheme}
        onChange={setColorScheme}
      />
      <Choice
        legend="Rows of tables"
        keys="D"
        values={DENSITIES}
        words={DENSITY_WORDS}
        value={density}
        onChange={(next) => change({ density: next })}
      />
      <AuthorField />
      <SourceTemplate />
      <EmbedOrigins />
      <p className={styles.dim}>Kept in this browser only, never in a link.</p>
      <Trouble />
    </Dialog>
  )
}

/** What became of settings that could not be read. At the end, so that nothing moves when it changes with what is chosen. */
function Trouble(): ReactNode {
  const words = settingsTrouble()
  return words !== '' && <output className={styles.trouble}>{words}</output>
}

interface ChoiceProps<Value extends string> {
  readonly legend: string
  readonly keys: string
  readonly values: readonly Value[]
  readonly words: Readonly<Record<Value, string>>
  readonly value: Value
  readonly onChange: (value: Value) => void
}

function Choice<Value extends string>({ legend, keys, values, words, value, onChange }: ChoiceProps<Value>): ReactNode {
  return (
    <fieldset className={styles.choice}>
      <legend>
        {legend} <kbd className="key-cap">{keys}</kbd>
      </legend>
      {values.map((one, at) => (
        <label key={one}>
          <input
            type="radio"
            name={`settings-${keys}`}
            checked={one === value}
            data-autofocus={at === 0 && keys === 't' ? '' : undefined}
            onChange={() => onChange(one)}
          />{' '}
          {words[one]}
        </label>
      ))}
    </fieldset>
  )
}

/** Where frames of stacks lead. Off until a person writes something right; what is wrong with it is said. */
function SourceTemplate(): ReactNode {
  const [{ sourceTemplate }, change] = useSettings()
  const [draft, setDraft] = useState(sourceTemplate)
  const fieldId = useId()
  const noteId = useId()
  const problem = templateProblem(draft.trim())
  const write = (text: string): void => {
    setDraft(text)
    if (templateProblem(text.trim()) === '') change({ sourceTemplate: text.trim() })
  }
  return (
    <div className={styles.source}>
      <label htmlFor={fieldId}>Source of a frame</label>
      <input
        id={fieldId}
        className="text-input data"
        type="text"
        spellCheck={false}
        autoComplete="off"
        placeholder="off: frames are no links"
        aria-describedby={noteId}
        aria-invalid={problem !== ''}
        value={draft}
        onChange={(event) => write(event.target.value)}
      />
      <output id={noteId} className={styles.note}>
        {problem !== '' && `Not taken: ${problem}.`}
        {problem === '' && sourceTemplate === '' && 'Off. Frames of stacks are text.'}
        {problem === '' &&
          sourceTemplate !== '' &&
          'Each frame has a link. Nothing is asked of that place before it is pressed.'}
      </output>
      <p className={styles.dim}>
        An address with <code>{'{symbol}'}</code> <code>{'{offset}'}</code> <code>{'{module}'}</code>{' '}
        <code>{'{release}'}</code> <code>{'{file}'}</code> <code>{'{line}'}</code> in it. A frame that lacks one of
        those is no link.
      </p>
      <div className={styles.buttons}>
        <button type="button" className="link-button" onClick={() => write(EXAMPLE_TEMPLATE)}>
          Use <span className="data">{EXAMPLE_TEMPLATE}</span>
        </button>
        {sourceTemplate !== '' && (
          <button type="button" className="link-button" onClick={() => write('')}>
            Switch off
          </button>
        )}
      </div>
    </div>
  )
}
