import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type ReactNode, useState } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type DataColumn } from '../../../src/ui/widgets/data-column.ts'
import { type DataSort, DataTable, type DataTableProps } from '../../../src/ui/widgets/data-table.tsx'
import { type RowWindow } from '../../../src/ui/widgets/row-window.ts'

interface Line {
  readonly number: number
}

const COLUMNS: readonly DataColumn<Line>[] = [
  { id: 'number', header: 'line', text: (line) => String(line.number), isSortable: true },
  { id: 'words', header: 'words', text: (line) => `line ${line.number}` },
]

const lines = (from: number, count: number): readonly Line[] =>
  Array.from({ length: count }, (_, at) => ({ number: from + at }))

function Table(props: Partial<DataTableProps<Line>>): ReactNode {
  const rows = props.rows ?? lines(0, 50)
  return (
    <DataTable
      label="lines"
      columns={COLUMNS}
      rows={rows}
      offset={0}
      total={rows.length}
      rowKey={(line) => String(line.number)}
      {...props}
    />
  )
}

/** A table that loads the windows it is asked for, when the test says so. */
function Loading({
  onSelect,
  gate,
}: {
  readonly onSelect: (line: Line, index: number) => void
  readonly gate: Promise<void>
}): ReactNode {
  const [window, setWindow] = useState<RowWindow>({ offset: 0, limit: 100 })
  const load = async (next: RowWindow) => {
    await gate
    setWindow(next)
  }
  return (
    <Table
      rows={lines(window.offset, window.limit)}
      offset={window.offset}
      total={1000}
      onWindow={(next) => void load(next)}
      onSelect={onSelect}
    />
  )
}

const row = (words: string) => screen.getByRole('row', { name: new RegExp(`${words}$`) })
const focusedRow = () => document.activeElement?.textContent

beforeEach(() => {
  // happy-dom lays nothing out: a view of 20 rows under the heading.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(21 * 24)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

describe('a table', () => {
  test('says how many rows there are, though only those in sight are in the document', () => {
    render(<Table rows={lines(0, 50)} total={1_000_000} />)
    expect(screen.getByRole('grid', { name: 'lines' }).getAttribute('aria-rowcount')).toBe('1000001')
    expect(screen.getAllByRole('row').length).toBeLessThan(60)
    expect(row('line 0').getAttribute('aria-rowindex')).toBe('2')
  })

  test('is one tab stop, and arrow keys and ends move it and select', async () => {
    const user = userEvent.setup()
    const onSelect = vi.fn<(line: Line, index: number) => void>()
    render(<Table onSelect={onSelect} />)
    await user.tab() // the sort button
    await user.tab()
    expect(focusedRow()).toBe('0line 0')
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}')
    expect(focusedRow()).toBe('1line 1')
    expect(onSelect.mock.calls.map(([line]) => line.number)).toEqual([1, 2, 1])
    await user.tab()
    expect(document.activeElement?.closest('table')).toBeNull()
  })

  test('Enter activates the row, and keys with Ctrl are left to others', async () => {
    const user = userEvent.setup()
    const onActivate = vi.fn<(line: Line, index: number) => void>()
    const onSelect = vi.fn<(line: Line, index: number) => void>()
    render(<Table onActivate={onActivate} onSelect={onSelect} />)
    await user.click(row('line 3'))
    await user.keyboard('{Control>}{ArrowDown}{/Control}{Enter}')
    expect(onActivate.mock.calls.map(([line]) => line.number)).toEqual([3])
    expect(onSelect).toHaveBeenCalledTimes(1)
  })

  test('a click on the row that already has the tab stop selects it', async () => {
    const onSelect = vi.fn<(line: Line, index: number) => void>()
    render(<Table onSelect={onSelect} />)
    await userEvent.click(row('line 0'))
    expect(onSelect).toHaveBeenCalledTimes(1)
  })

  test('sorts by its heading, the most first, then turns round', async () => {
    const onSort = vi.fn<(sort: DataSort, thenBy: readonly DataSort[]) => void>()
    const { rerender } = render(<Table onSort={onSort} />)
    const heading = () => screen.getByRole('columnheader', { name: 'line' })
    expect(heading().getAttribute('aria-sort')).toBe('none')
    await userEvent.click(screen.getByRole('button', { name: 'line' }))
    expect(onSort).toHaveBeenLastCalledWith({ id: 'number', isDescending: true }, [])
    rerender(<Table onSort={onSort} sort={{ id: 'number', isDescending: true }} />)
    expect(heading().getAttribute('aria-sort')).toBe('descending')
    await userEvent.click(screen.getByRole('button', { name: 'line' }))
    expect(onSort).toHaveBeenLastCalledWith({ id: 'number', isDescending: false }, [])
  })

  test('without rows says why, and while looking that it looks', () => {
    const { rerender } = render(<Table rows={[]} isLoading empty="No event passes." />)
    expect(screen.getByText('Looking…')).toBeTruthy()
    rerender(<Table rows={[]} empty="No event passes." />)
    expect(screen.getByText('No event passes.')).toBeTruthy()
  })

  test('opens a row with Enter, the arrow keys and its button', async () => {
    const user = userEvent.setup()
    const onExpand = vi.fn<(line: Line, isExpanded: boolean) => void>()
    const opened = (open: boolean) => (
      <Table
        isExpanded={() => open}
        onExpand={onExpand}
        renderExpanded={(line) => `what is under ${line.number}`}
        rows={lines(0, 1)}
      />
    )
    const { rerender } = render(opened(false))
    await user.click(screen.getByRole('button', { name: 'Open' }))
    await user.tab()
    screen.getByRole('row', { expanded: false }).focus()
    await user.keyboard('{Enter}{ArrowRight}')
    expect(onExpand.mock.calls.map(([, open]) => open)).toEqual([true, true, true])
    rerender(opened(true))
    expect(screen.getByText('what is under 0')).toBeTruthy()
    await user.keyboard('{ArrowLeft}')
    expect(onExpand).toHaveBeenLastCalledWith({ number: 0 }, false)
  })
})

describe('a table of which a window is loaded', () => {
  test('keeps the place of rows that are not loaded, and asks for them once', async () => {
    const onWindow = vi.fn<(window: RowWindow) => void>()
    const { rerender } = render(<Table rows={[]} total={1000} onWindow={onWindow} />)
    expect(screen.getAllByRole('row').length).toBeGreaterThan(20)
    rerender(<Table rows={[]} total={1000} onWindow={onWindow} />)
    await waitFor(() => expect(onWindow).toHaveBeenCalledTimes(1))
    expect(onWindow).toHaveBeenCalledWith({ offset: 0, limit: 200 })
  })

  test('selects the row that a key led to when it has come', async () => {
    let open = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const onSelect = vi.fn<(line: Line, index: number) => void>()
    // happy-dom has no scrolling of its own: its boxes have no height, and scrollTo tells no one.
    vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(1001 * 24)
    vi.spyOn(HTMLElement.prototype, 'scrollTo').mockImplementation(function scrollTo(this: HTMLElement, ...given) {
      const [where] = given as readonly unknown[] // overloaded: the table passes options
      this.scrollTop = (where as ScrollToOptions).top ?? 0
      this.dispatchEvent(new Event('scroll'))
    })
    render(<Loading onSelect={onSelect} gate={gate} />)
    row('line 0').focus()
    await userEvent.keyboard('{End}')
    expect(onSelect).not.toHaveBeenCalled()
    open()
    await waitFor(() => expect(onSelect).toHaveBeenCalledWith({ number: 999 }, 999))
    expect(focusedRow()).toBe('999line 999')
  })
})
