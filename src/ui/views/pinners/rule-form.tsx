import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useDeferredValue, useMemo, useState } from 'react'
import { type RuleAnswer } from '../../../queries/rules-answer.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { CLASS_STYLES, type ReferenceClassId } from '../../theme/class-style.ts'
import { type RuleDraft, ruleOf } from './rule-draft.ts'
import { RulePreview } from './rule-preview.tsx'
import styles from './rules-dialog.module.css'

interface RuleFormProps {
  readonly draft: RuleDraft
  readonly rules: readonly RuleAnswer[]
  readonly onDone: (draft: RuleDraft, rule: unknown) => void
  readonly onCancel: () => void
}

const CLASSES = Object.entries(CLASS_STYLES).map(([value, { label, glyph }]) => ({ value, label: `${glyph} ${label}` }))
const ON = [
  { value: 'both', label: 'get and put' },
  { value: 'get', label: 'get' },
  { value: 'put', label: 'put' },
]

/** A rule being written: each field says what is wrong with it, and beside it stands what the rule would do. */
export function RuleForm({ draft: first, rules, onDone, onCancel }: RuleFormProps): ReactNode {
  const [draft, setDraft] = useState(first)
  const asked = useDeferredValue(draft)
  const question = useMemo(() => ({ rule: ruleOf(asked) }), [asked])
  const preview = shownOf(useQuery('rulePreview', question))
  const isTaken = !draft.isKnown && rules.some(({ id }) => id === draft.id)
  const problem = preview?.isRight === false ? preview.problem : undefined
  const isBlank = (field: string): boolean =>
    Object.entries(draft).some(([name, value]) => name === field && value === '')
  const errorOf = (field: string): string | undefined => {
    if (field === 'id' && isTaken) return `there is a rule "${draft.id}": choose it in the list to edit it`
    if (problem === undefined || problem.field !== field || isBlank(field)) return undefined
    return problem.at === undefined ? problem.message : `line ${problem.at + 1}: ${problem.message}`
  }
  const set = (change: Partial<RuleDraft>): void => setDraft({ ...draft, ...change })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (preview?.isRight === true && !isTaken) onDone(draft, ruleOf(draft))
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-label={draft.isKnown ? `Edit ${draft.id}` : 'Write a rule'}>
      <div className={styles.fields}>
        <TextInput
          label="id"
          size="xs"
          value={draft.id}
          disabled={draft.isKnown}
          placeholder="my-driver"
          error={errorOf('id')}
          onChange={(event) => set({ id: event.currentTarget.value })}
        />
        <Select
          label="class"
          size="xs"
          data={CLASSES}
          value={draft.class}
          allowDeselect={false}
          error={errorOf('class')}
          onChange={(value) => set({ class: classOf(value, draft.class) })}
        />
        <Select
          label="on"
          size="xs"
          data={ON}
          value={draft.on}
          allowDeselect={false}
          onChange={(value) => set({ on: value === 'get' || value === 'put' ? value : 'both' })}
        />
        <Select
          label="asked"
          size="xs"
          searchable
          data={placesAmong(rules, draft)}
          value={draft.place}
          disabled={draft.place === 'own place'}
          allowDeselect={false}
          error={errorOf('before') ?? errorOf('after')}
          onChange={(value) => set({ place: value ?? 'first' })}
        />
      </div>
      <Textarea
        label="frames: one pattern a line, a regular expression for the whole name of a function"
        size="xs"
        rows={4}
        spellCheck={false}
        classNames={{ input: styles.text }}
        value={draft.frames}
        placeholder={'my_driver_\\w+'}
        error={errorOf('frames')}
        onChange={(event) => set({ frames: event.currentTarget.value })}
      />
      <TextInput
        label="reason"
        size="xs"
        value={draft.reason}
        placeholder="why such a frame means that class"
        error={errorOf('reason')}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
      <TextInput
        label="source"
        size="xs"
        value={draft.source}
        placeholder="drivers/my/driver.c my_driver_get()"
        error={errorOf('source')}
        onChange={(event) => set({ source: event.currentTarget.value })}
      />
      <div className={styles.buttons}>
        <Button type="submit" size="compact-sm" disabled={preview?.isRight !== true || isTaken}>
          Apply
        </Button>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          Cancel
        </Button>
        {problem !== undefined && isBlank(problem.field) && (
          <span className={styles.origin}>{problem.field} is missing</span>
        )}
      </div>
      <RulePreview preview={preview} />
    </form>
  )
}

function placesAmong(rules: readonly RuleAnswer[], { place }: RuleDraft): readonly string[] {
  const anchors = rules.filter(({ origin }) => origin !== 'added').flatMap(({ id }) => [`before ${id}`, `after ${id}`])
  return place === 'own place' ? [place] : ['first', ...anchors]
}

function classOf(value: string | null, otherwise: ReferenceClassId): ReferenceClassId {
  const classes: readonly ReferenceClassId[] = Object.keys(CLASS_STYLES).filter(
    (id) => id in CLASS_STYLES,
  ) as ReferenceClassId[] // keys of a record of classes
  return classes.find((id) => id === value) ?? otherwise
}
