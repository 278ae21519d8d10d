import { Checkbox, NativeSelect } from '@mantine/core'
import { type ReactNode } from 'react'
import { formatPfnSpans, parsePfnSpans } from '../../../base/pfn-spans.ts'
import { type RecordQuestion } from '../../../queries/record/record-question.ts'
import { useView } from '../../../state/use-view.ts'
import { RECORD_TOOLS, RECORD_TRIGGERS } from '../../../state/view-state.ts'
import { DraftInput } from '../../widgets/draft-input.tsx'
import { TRIGGER_LABELS } from './trigger-labels.ts'
import styles from './record-view.module.css'

/** What to record: each field is in the link, and shows what the capture suggests until it is typed over. */
export function RecordForm({ question }: { readonly question: RecordQuestion }): ReactNode {
  const [, setView] = useView()
  const replace = { replace: true } as const
  return (
    <search className="control-bar" aria-label="What to record">
      <DraftInput
        label="kernel"
        placeholder="6.1"
        widthChars={18}
        value={question.kernel}
        judge={(text) => (text === '' || isKernel(text) ? undefined : 'a release, as 6.1')}
        onCommit={(text) => setView({ recordKernel: text === '' ? undefined : text }, replace)}
      />
      <Choice
        label="what fails"
        value={question.trigger}
        data={RECORD_TRIGGERS.map((value) => ({ value, label: TRIGGER_LABELS[value] }))}
        onChange={(text) => setView({ recordTrigger: RECORD_TRIGGERS.find((one) => one === text) }, replace)}
      />
      <Choice
        label="with"
        value={question.tool}
        data={RECORD_TOOLS.map((value) => ({ value, label: value }))}
        onChange={(text) => setView({ recordTool: RECORD_TOOLS.find((one) => one === text) }, replace)}
      />
      <DraftInput
        label="PFNs"
        placeholder="0x17800-0x17c00, 0x17ac9"
        widthChars={30}
        value={formatPfnSpans(question.spans)}
        judge={objectionToPfns}
        onCommit={(text) => {
          const spans = parsePfnSpans(text)
          if (spans.ok) setView({ recordSpans: spans.value }, replace)
        }}
      />
      <PlaceField question={question} />
      <Checkbox
        size="xs"
        label="from boot on"
        checked={question.isFromBoot === true}
        onChange={(event) => setView({ isRecordFromBoot: event.currentTarget.checked ? true : undefined }, replace)}
      />
    </search>
  )
}

/** What the pages are looked up by, when none are given. */
function PlaceField({ question: { trigger, area, block } }: { readonly question: RecordQuestion }): ReactNode {
  const [, setView] = useView()
  if (trigger === 'offline')
    return (
      <DraftInput
        label="memory block"
        placeholder="by the PFNs"
        widthChars={12}
        value={block === undefined ? '' : String(block)}
        judge={(text) => (/^\d{0,9}$/.test(text) ? undefined : 'the number of a block')}
        onCommit={(text) => setView({ recordBlock: text === '' ? undefined : Number(text) }, { replace: true })}
      />
    )
  if (trigger !== 'cma' && trigger !== 'wait') return null
  return (
    <DraftInput
      label="CMA area"
      placeholder={trigger === 'cma' ? 'the first' : ''}
      widthChars={14}
      value={area ?? ''}
      onCommit={(text) => setView({ recordArea: text === '' ? undefined : text }, { replace: true })}
    />
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly data: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
}

function Choice({ label, value, data, onChange }: ChoiceProps): ReactNode {
  return (
    <label className={styles.choice}>
      {label}
      <NativeSelect
        size="xs"
        aria-label={label}
        value={value}
        data={[...data]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  )
}

function isKernel(text: string): boolean {
  return /^\d{1,3}\.\d{1,4}[\w.+~-]*$/.test(text)
}

function objectionToPfns(text: string): string | undefined {
  const spans = parsePfnSpans(text)
  return spans.ok ? undefined : spans.error
}
