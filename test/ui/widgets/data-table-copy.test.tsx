import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type DataColumn } from '../../../src/ui/widgets/data-column.ts'
import { DataTable, type DataTableProps } from '../../../src/ui/widgets/data-table.tsx'

interface Hold {
  readonly holder: string
  readonly line: number
}

const COLUMNS: readonly DataColumn<Hold>[] = [
  { id: 'holder', header: 'holder', text: ({ holder }) => holder },
  { id: 'line', header: 'line', text: ({ line }) => String(line), align: 'end', render: ({ line }) => <b>{line}!</b> },
]

const HOLDS: readonly Hold[] = ['do_tee', 'lru_add', 'a|b'].map((holder, at) => ({ holder, line: at + 7 }))

function Table(props: Partial<DataTableProps<Hold>>): ReactNode {
  return (
    <DataTable
      label="holds"
      columns={COLUMNS}
      rows={HOLDS}
      offset={0}
      total={HOLDS.length}
      rowKey={({ line }) => String(line)}
      {...props}
    />
  )
}

const copied = () => navigator.clipboard.readText()
const open = async (props: Partial<DataTableProps<Hold>> = {}) => {
  const user = userEvent.setup()
  render(<Table {...props} />)
  await screen.findByRole('row', { name: /do_tee/ })
  await user.tab()
  return user
}
const copyFromMenu = async (user: ReturnType<typeof userEvent.setup>, form: string) => {
  screen.getByRole('button', { name: 'Copy: holds' }).click()
  await user.click(await screen.findByRole('menuitem', { name: form }))
}

// Nothing has a size here: the element that scrolls is given one, so that some rows are in sight.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

describe('copying out of a table', () => {
  test('Ctrl+C copies the row as its texts, not as it is drawn', async () => {
    const user = await open()
    await user.keyboard('{ArrowDown}{Control>}c{/Control}')
    expect(await copied()).toBe('lru_add  8\n')
    expect(screen.getByText('row copied as text')).toBeDefined()
  })

  test('arrow right leads into the cells, where Ctrl+C copies one; arrow left and Esc lead back', async () => {
    const user = await open()
    await user.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}{Control>}c{/Control}')
    expect(await copied()).toBe('8')
    expect(document.activeElement?.textContent).toBe('8!')
    await user.keyboard('{ArrowLeft}{ArrowLeft}')
    expect(document.activeElement?.tagName).toBe('TR')
    await user.keyboard('{ArrowRight}{Escape}')
    expect(document.activeElement?.tagName).toBe('TR')
  })

  test('Space and Shift with an arrow mark rows, which are copied together in the order they were marked', async () => {
    const user = await open()
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}{Control>}c{/Control}')
    expect(await copied()).toBe('holder   line\ndo_tee      7\nlru_add     8\n')
    await user.keyboard(' {Control>}c{/Control}')
    expect(await copied()).toBe('holder  line\ndo_tee     7\n')
    await user.keyboard('{Escape}{Control>}c{/Control}')
    expect(await copied()).toBe('lru_add  8\n')
  })

  test('the menu copies the row that has the focus, and the whole table by another choice', async () => {
    const user = await open()
    screen.getByRole('button', { name: 'Copy: holds' }).click()
    await user.keyboard('{ArrowRight}m{Enter}')
    await vi.waitFor(async () =>
      expect(await copied()).toBe(
        'holds\n\n| holder | line |\n| --- | ---: |\n| do_tee | 7 |\n| lru_add | 8 |\n| a\\|b | 9 |\n',
      ),
    )
    expect(await screen.findByText('copied as Markdown')).toBeDefined()
    expect(document.activeElement?.tagName).toBe('TR')
  })

  test('says which rows were copied where not all are loaded', async () => {
    const user = userEvent.setup()
    render(<Table total={4000} />)
    await copyFromMenu(user, 'Text')
    await vi.waitFor(async () => expect(await copied()).toMatch(/^holds, rows 1 to 3 of 4000\n/))
  })

  test('asks for the rows that are not loaded where it can', async () => {
    const user = userEvent.setup()
    const rows = [...HOLDS, { holder: 'far', line: 4000 }]
    render(<Table total={4} allRows={() => Promise.resolve(rows)} />)
    await copyFromMenu(user, 'CSV')
    await vi.waitFor(async () =>
      expect(await copied()).toBe('holder,line\r\ndo_tee,7\r\nlru_add,8\r\na|b,9\r\nfar,4000\r\n'),
    )
  })

  test('copies nothing where the rows that are not loaded cannot be read, and never more than a clipboard is for', async () => {
    const user = userEvent.setup()
    const asked: number[] = []
    render(
      <Table
        total={2_000_000}
        allRows={(most) => {
          asked.push(most)
          return Promise.resolve(undefined)
        }}
      />,
    )
    screen.getByRole('button', { name: 'Copy: holds' }).click()
    expect(await screen.findByRole('menuitemradio', { name: 'rows 1 to 100000 of 2000000' })).toBeDefined()
    await user.click(screen.getByRole('menuitem', { name: 'CSV' }))
    expect(await screen.findByText('not copied: the rows could not be read')).toBeDefined()
    expect(asked).toEqual([100_000])
  })

  test('rows that open are opened by arrow right first, then it leads into their cells', async () => {
    const opened: Hold[] = []
    const user = await open({
      isExpanded: ({ line }) => line === 7,
      onExpand: (row) => opened.push(row),
    })
    await user.keyboard('{ArrowRight}')
    expect(document.activeElement?.tagName).toBe('TD')
    expect(opened).toEqual([])
    await user.keyboard('{Escape}{ArrowDown}{ArrowRight}')
    expect(opened).toEqual([HOLDS[1]])
  })
})
