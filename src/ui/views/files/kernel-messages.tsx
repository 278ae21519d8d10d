import { NativeSelect } from '@mantine/core'
import { type ReactNode, useMemo, useState } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type KernelNoteAnswer, type KernelNoteCount, type KernelNoteKind } from '../../../queries/kernel-notes.ts'
import { type PlaceAnswer } from '../../../queries/wire.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { CellLink } from '../../widgets/cell-link.tsx'
import { type DataColumn } from '../../widgets/data-column.ts'
import { DraftInput } from '../../widgets/draft-input.tsx'
import { PlaceLink, placeText } from '../../widgets/place-link.tsx'
import { FIRST_WINDOW } from '../../widgets/row-window.ts'
import { StackView } from '../../widgets/stack-view.tsx'
import { untoldText } from '../../widgets/untold-text.ts'
import styles from './files-view.module.css'
import { SectionTable } from './section-table.tsx'

/** What the kernel log says of pages, also of none in particular; each message leads to its line. */
export function KernelMessages({ kinds }: { readonly kinds: readonly KernelNoteCount[] }): ReactNode {
  const [, setView] = useView()
  const [kind, setKind] = useState<KernelNoteKind | ''>('')
  const [filter, setFilter] = useState('')
  const askAhead = useAskAhead()
  const [window, setWindow] = useState(FIRST_WINDOW)
  const state = useQuery('kernelNotes', kinds.length === 0 ? undefined : { kind, filter, ...window })
  const answer = shownOf(state)
  const columns = useMemo(
    () =>
      messageColumns(
        (place) => setView({ event: formatPlace(place) }),
        (pfn) => setView({ view: 'pfn', pfn, lifetime: undefined, from: undefined, to: undefined, event: undefined }),
      ),
    [setView],
  )
  const all = kinds.reduce((sum, { count }) => sum + count, 0)
  if (all === 0) return <p className={styles.note}>No file has messages of the kernel about pages.</p>
  return (
    <>
      <search className={styles.filter} aria-label="Kernel messages">
        <NativeSelect
          size="xs"
          aria-label="Kind of message"
          value={kind}
          onChange={(event) => {
            setKind(kinds.find((one) => one.kind === event.currentTarget.value)?.kind ?? '')
            setWindow(FIRST_WINDOW)
          }}
          data={[
            { value: '', label: `every kind (${all})` },
            ...kinds.map((one) => ({ value: one.kind, label: `${one.label} (${one.count})` })),
          ]}
        />
        <DraftInput
          label="text or stack has"
          value={filter}
          onCommit={(text) => {
            setFilter(text)
            setWindow(FIRST_WINDOW)
          }}
        />
        <output className="data">
          {answer === undefined ? untoldText(state.status === 'failed') : `${answer.total} of ${all}`}
        </output>
      </search>
      <SectionTable
        label="Kernel messages"
        columns={columns}
        state={state}
        rowKey={idOf}
        onWindow={setWindow}
        allRows={async (limit) => (await askAhead('kernelNotes', { kind, filter, offset: 0, limit }))?.rows}
        onActivate={({ place }) => setView({ event: formatPlace(place) })}
        renderExpanded={answer?.hasStacks === true ? (message) => <MessageStacks message={message} /> : undefined}
        empty="No message has that."
      />
    </>
  )
}

function idOf({ id }: KernelNoteAnswer): string {
  return id
}

function MessageStacks({ message }: { readonly message: KernelNoteAnswer }): ReactNode {
  const [, setView] = useView()
  if (message.stacks.length === 0) return <p className={styles.note}>The kernel printed no call trace with it.</p>
  return message.stacks.map(({ words, stack, place }) => (
    <div key={formatPlace(place)} className={styles.stack}>
      <p>
        {words} <PlaceLink place={place} onOpen={() => setView({ event: formatPlace(place) })} />
      </p>
      <StackView frames={stack.frames} absent="The call trace names no function." />
    </div>
  ))
}

function messageColumns(
  onPlace: (place: PlaceAnswer) => void,
  onPfn: (pfn: number) => void,
): readonly DataColumn<KernelNoteAnswer>[] {
  return [
    {
      id: 'time',
      header: 'time',
      title: 'As the kernel log prints it',
      text: ({ timeText }) => timeText,
      extraChars: 2,
    },
    { id: 'kind', header: 'kind', text: ({ label }) => label },
    {
      id: 'pfn',
      header: 'pfn',
      title: 'The page that it names; empty when it names none, or a range',
      text: ({ pfn }) => (pfn === undefined ? '' : formatPfn(pfn)),
      render: ({ pfn }, isActive) =>
        pfn !== undefined && (
          <CellLink text={formatPfn(pfn)} title="Open its timeline" isTabStop={isActive} onOpen={() => onPfn(pfn)} />
        ),
    },
    { id: 'text', header: 'what it says', text: ({ text }) => text },
    {
      id: 'place',
      header: 'line',
      text: ({ place }) => placeText(place),
      render: ({ place }, isActive) => <PlaceLink place={place} onOpen={onPlace} isTabStop={isActive} />,
    },
  ]
}
