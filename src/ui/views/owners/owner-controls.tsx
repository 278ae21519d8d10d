import { NativeSelect, SegmentedControl } from '@mantine/core'
import { type ReactNode, type RefObject, useId } from 'react'
import { type OwnerDumpAnswer } from '../../../queries/owners/dump-answers.ts'
import { type OwnersAnswer } from '../../../queries/owners/owners.ts'
import { OWNER_GROUPINGS, OWNER_MODES, type OwnerMode } from '../../../state/links/owners-link.ts'
import { useView } from '../../../state/use-view.ts'
import { DraftInput } from '../../widgets/draft-input.tsx'
import { groupingWords } from './grouping-words.ts'
import { fewDumpsWords, fewGroupingsWords, NEEDED_DUMPS } from './missing-words.ts'
import { groupingOf } from './owners-question.ts'
import styles from './owners-view.module.css'

interface OwnerControlsProps {
  readonly answer: OwnersAnswer | undefined
  readonly mode: OwnerMode
  readonly search: RefObject<HTMLElement | null>
}

const MODE_WORDS: Readonly<Record<OwnerMode, string>> = { groups: 'one dump', compare: 'compare two', trend: 'trend' }

/** Which dump is shown and how; and, once, what page_owner does not say. */
export function OwnerControls({ answer, mode, search }: OwnerControlsProps): ReactNode {
  const [view, setView] = useView()
  const dumps = answer?.dumps ?? []
  return (
    <search ref={search} className="control-bar">
      <Choice
        name="owners-shown"
        label="Show (m)"
        value={mode}
        missing={answer && fewDumpsWords(dumps.length)}
        data={OWNER_MODES.map((value) => ({
          value,
          label: MODE_WORDS[value],
          disabled: answer !== undefined && dumps.length < NEEDED_DUMPS[value],
        }))}
        onChoose={(value) => setView({ ownerMode: OWNER_MODES.find((one) => one === value) }, { replace: true })}
      />
      {mode !== 'trend' && dumps.length > 1 && <DumpChoices dumps={dumps} mode={mode} shown={answer?.dump ?? ''} />}
      {mode !== 'trend' && dumps.length === 1 && <span className="data">{dumpText(dumps[0])}</span>}
      {mode === 'groups' && <GroupingChoice answer={answer} />}
      <DraftInput
        label="filter"
        placeholder={mode === 'groups' ? 'symbol, comm, pid, gfp, flag, 0xPFN' : 'symbol'}
        widthChars={mode === 'groups' ? 36 : 20}
        value={view.ownerFilter ?? ''}
        onCommit={(filter) => setView({ ownerFilter: filter === '' ? undefined : filter }, { replace: true })}
      />
      <p className={styles.who}>
        page_owner says who allocated, never who holds:{' '}
        {view.pfn === undefined ? (
          'a PFN leads to its holders'
        ) : (
          <button type="button" className="link-button" onClick={() => setView({ view: 'pfn' })}>
            0x{view.pfn.toString(16)} leads to its holders
          </button>
        )}
      </p>
    </search>
  )
}

interface ChoiceProps {
  /** Of its radio buttons, the same each time: the browser keeps every name of a group as long as the page lives. */
  readonly name: string
  readonly label: string
  readonly value: string
  readonly data: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[]
  /** Why some cannot be chosen: stands beside them. */
  readonly missing?: string
  readonly onChoose: (value: string) => void
}

function Choice({ name, label, value, data, missing, onChoose }: ChoiceProps): ReactNode {
  const id = useId()
  return (
    <>
      <SegmentedControl
        size="xs"
        name={name}
        aria-label={label}
        aria-describedby={missing === undefined ? undefined : id}
        title={label}
        withItemsBorders={false}
        transitionDuration={0}
        value={value}
        data={[...data]}
        onChange={onChoose}
      />
      {missing !== undefined && (
        <span id={id} className={styles.who}>
          {missing}
        </span>
      )}
    </>
  )
}

function GroupingChoice({ answer }: { readonly answer: OwnersAnswer | undefined }): ReactNode {
  const [view, setView] = useView()
  const known = answer?.groupings ?? OWNER_GROUPINGS
  return (
    <span className={styles.grouping}>
      <span aria-hidden="true">by</span>
      <Choice
        name="owners-group-by"
        label="Group by (b)"
        value={answer?.grouping ?? groupingOf(view)}
        missing={answer && fewGroupingsWords(answer.groupings)}
        data={OWNER_GROUPINGS.map((value) => ({
          value,
          label: groupingWords(value).name,
          disabled: !known.includes(value),
        }))}
        onChoose={(value) => {
          const ownerGrouping = OWNER_GROUPINGS.find((one) => one === value)
          setView({ ownerGrouping, ownerGroup: undefined, stack: undefined }, { replace: true })
        }}
      />
    </span>
  )
}

interface DumpChoicesProps {
  readonly dumps: readonly OwnerDumpAnswer[]
  readonly mode: OwnerMode
  readonly shown: string
}

function DumpChoices({ dumps, mode, shown }: DumpChoicesProps): ReactNode {
  const [view, setView] = useView()
  const data = dumps.map((dump, at) => ({ value: dump.id, label: `${at + 1}  ${dumpText(dump)}` }))
  const [base, other] = comparedIds(dumps, view.ownerBase, view.ownerDump)
  return mode === 'groups' ? (
    <NativeSelect
      size="xs"
      aria-label="Dump (d)"
      value={shown}
      onChange={(event) => setView({ ownerDump: event.currentTarget.value }, { replace: true })}
      data={data}
    />
  ) : (
    <>
      <NativeSelect
        size="xs"
        aria-label="Dump before"
        value={base}
        onChange={(event) => setView({ ownerBase: event.currentTarget.value }, { replace: true })}
        data={data}
      />
      <span aria-hidden="true">→</span>
      <NativeSelect
        size="xs"
        aria-label="Dump after (d)"
        value={other}
        onChange={(event) => setView({ ownerDump: event.currentTarget.value }, { replace: true })}
        data={data}
      />
    </>
  )
}

/** The two dumps that are compared when the link names none: as `compareOwners` chooses them. */
function comparedIds(
  dumps: readonly OwnerDumpAnswer[],
  base: string | undefined,
  other: string | undefined,
): readonly [string, string] {
  const records = dumps.filter(({ kind }) => kind === 'records')
  const usual = records.length < 2 ? dumps.slice(-2) : records.slice(-2)
  const after = dumps.find(({ id }) => id === other) ?? usual.at(1)
  const before = dumps.find(({ id }) => id === base) ?? usual.find((dump) => dump !== after)
  return [before?.id ?? '', after?.id ?? '']
}

function dumpText({ id, label, rows, pages, kind }: OwnerDumpAnswer): string {
  return `${id}: ${label}, ${rows} ${kind === 'records' ? 'records' : 'stacks'}, ${pages} pages`
}
