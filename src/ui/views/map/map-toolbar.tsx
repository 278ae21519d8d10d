import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type MapMode } from '../../../queries/map/map-modes.ts'
import { type CopyMenuProps, CopyMenu } from '../../widgets/copy-menu.tsx'
import { MODE_WORDS } from './map-scales.ts'
import styles from './map-view.module.css'

/** Id of the field that `j` goes to. */
export const GO_TO_ID = 'map-go-to'

interface MapToolbarProps {
  readonly mode: MapMode
  readonly isTable: boolean
  readonly isHeatOff: boolean
  readonly copy: CopyMenuProps
  readonly onMode: (mode: MapMode) => void
  /** Whether the page is in sight then; false when no file knows of it. */
  readonly onGoTo: (pfn: number) => boolean
  readonly onZoom: (steps: number) => void
  readonly onAll: () => void
  readonly onTable: () => void
  readonly onHeat: () => void
}

/** How the map is coloured, where to go, how close; each with its key. */
export function MapToolbar(props: MapToolbarProps): ReactNode {
  return (
    <div className={styles.bar}>
      <SegmentedControl
        size="xs"
        name="colour-by"
        aria-label="Colour by (m)"
        withItemsBorders={false}
        transitionDuration={0}
        value={props.mode}
        data={MODE_WORDS.map(({ id, label, about }) => ({
          value: id,
          label: <span title={`${about}  m`}>{label}</span>,
        }))}
        onChange={(value) => props.onMode(MODE_WORDS.find(({ id }) => id === value)?.id ?? 'blocked')}
      />
      <GoTo onGoTo={props.onGoTo} />
      <span className={styles.tools}>
        <button
          type="button"
          className={styles.button}
          data-tip="Closer (W or +)"
          aria-label="Closer (W or +)"
          onClick={() => props.onZoom(-1)}
        >
          +
        </button>
        <button
          type="button"
          className={styles.button}
          data-tip="Farther (S or −)"
          aria-label="Farther (S or −)"
          onClick={() => props.onZoom(1)}
        >
          −
        </button>
        <button
          type="button"
          className={styles.button}
          data-tip="All of memory (0)"
          aria-label="All of memory (0)"
          onClick={props.onAll}
        >
          all
        </button>
      </span>
      <span className={`${styles.tools} ${styles.end}`}>
        <button
          type="button"
          className={styles.button}
          aria-pressed={props.isTable}
          data-tip="The same as a table (b)"
          onClick={props.onTable}
        >
          as a table
        </button>
        <button
          type="button"
          className={styles.button}
          aria-pressed={!props.isHeatOff}
          data-tip="PFN × time of a range (x)"
          onClick={props.onHeat}
        >
          PFN × time
        </button>
      </span>
      <CopyMenu {...props.copy} />
    </div>
  )
}

function GoTo({ onGoTo }: Pick<MapToolbarProps, 'onGoTo'>): ReactNode {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState('')
  const go = (): void => {
    const match = /^(?:0x)?([0-9a-f]{1,13})$/i.exec(text.trim())
    if (!match) return setProblem('a PFN in hex')
    const pfn = Number.parseInt(match[1], 16)
    setProblem(onGoTo(pfn) ? '' : `no file knows of ${formatPfn(pfn)}`)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        go()
      }}
    >
      <label htmlFor={GO_TO_ID}>go to pfn</label>
      <input
        id={GO_TO_ID}
        className={styles.input}
        style={{ width: '13ch' }}
        type="text"
        spellCheck={false}
        autoComplete="off"
        placeholder="0x1f4b4"
        title="Enter goes there  j"
        value={text}
        aria-invalid={problem !== ''}
        aria-describedby={`${GO_TO_ID}-problem`}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setProblem('')
        }}
      />
      <output id={`${GO_TO_ID}-problem`} className={styles.dim}>
        {problem}
      </output>
    </form>
  )
}
