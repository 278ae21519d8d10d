import { type ReactNode, useMemo, useState } from 'react'
import { type MachineFactAnswer } from '../../../queries/machine-answer.ts'
import { type PlaceAnswer } from '../../../queries/wire.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { type DataColumn } from '../../widgets/data-column.ts'
import { DraftInput } from '../../widgets/draft-input.tsx'
import { PlaceLink, placeText } from '../../widgets/place-link.tsx'
import { FIRST_WINDOW } from '../../widgets/row-window.ts'
import { untoldText } from '../../widgets/untold-text.ts'
import styles from './files-view.module.css'
import { SectionTable } from './section-table.tsx'

const NONE = 'No file tells of the machine: add uname -a, pagetypeinfo, zoneinfo, iomem or a boot log.'

/** Kernel, zones, pageblocks, CMA areas and memory of the machine, each with the line that tells it. */
export function MachineFacts(): ReactNode {
  const [, setView] = useView()
  const [filter, setFilter] = useState('')
  const askAhead = useAskAhead()
  const [window, setWindow] = useState(FIRST_WINDOW)
  const state = useQuery('machine', { filter, ...window })
  const answer = shownOf(state)
  const columns = useMemo(() => factColumns((place) => setView({ event: formatPlace(place) })), [setView])
  if (answer?.total === 0 && filter === '') return <p className={styles.note}>{NONE}</p>
  return (
    <>
      <search className={styles.filter} aria-label="Machine">
        <DraftInput
          label="fact has"
          value={filter}
          onCommit={(text) => {
            setFilter(text)
            setWindow(FIRST_WINDOW)
          }}
        />
        <output className="data">
          {answer === undefined ? untoldText(state.status === 'failed') : `${answer.total} facts`}
        </output>
      </search>
      <SectionTable
        label="Facts of the machine"
        columns={columns}
        state={state}
        rowKey={idOf}
        onWindow={setWindow}
        allRows={async (limit) => (await askAhead('machine', { filter, offset: 0, limit }))?.rows}
        onActivate={({ place }) => place && setView({ event: formatPlace(place) })}
        empty="No fact has that."
      />
    </>
  )
}

function idOf({ id }: MachineFactAnswer): string {
  return id
}

function factColumns(onPlace: (place: PlaceAnswer) => void): readonly DataColumn<MachineFactAnswer>[] {
  return [
    { id: 'name', header: 'fact', text: ({ name }) => name },
    { id: 'text', header: 'what the files say', text: ({ text }) => text },
    {
      id: 'place',
      header: 'line',
      text: ({ place }) => (place === undefined ? 'several lines' : placeText(place)),
      render: ({ place }, isActive) =>
        place === undefined ? 'several lines' : <PlaceLink place={place} onOpen={onPlace} isTabStop={isActive} />,
    },
  ]
}
