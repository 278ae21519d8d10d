import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { CaptureStore } from '../../../src/state/capture-store.ts'
import { sessionStore } from '../../../src/state/session-store.ts'
import { createQueryClient } from '../../../src/state/use-query.ts'
import { CaptureStoreContext } from '../../../src/state/use-trace.ts'
import { BookmarkDialog } from '../../../src/ui/session/bookmark-dialog.tsx'
import { FakeConnection, loaded, settle } from '../../support/fake-trace-api.ts'

afterEach(cleanup)

const EVENT = {
  place: { fileName: 'a', line: 7 },
  name: 'page_ref_mod',
  operation: 'get',
  time: { ns: 5e8, text: '0.5' },
  pfn: 0x10,
}

test('a label that is kept before the event of its line is known has time and page of it all the same', async () => {
  const connection = new FakeConnection()
  let tellEvents = (): void => undefined
  const told = new Promise<void>((resolve) => (tellEvents = resolve))
  connection.answer = async (name) => {
    if (name !== 'events') return { rows: [] }
    await told
    return { rows: [EVENT], offset: 0, total: 1 }
  }
  const store = new CaptureStore(connection)
  void store.open([new File([''], 'a')], 'instead')
  await settle()
  await connection.loads[0].finish(loaded('a'))
  let isClosed = false
  render(
    <QueryClientProvider client={createQueryClient()}>
      <CaptureStoreContext value={store}>
        <BookmarkDialog place="a:7" onClose={() => (isClosed = true)} />
      </CaptureStoreContext>
    </QueryClientProvider>,
  )
  expect(screen.getByText('Looking for the event of this line…')).toBeTruthy()
  fireEvent.change(screen.getByRole('textbox', { name: 'Label' }), { target: { value: 'first get' } })
  await act(async () => {
    fireEvent.submit(screen.getByRole('textbox', { name: 'Label' }))
    await settle()
  })
  expect(isClosed).toBe(false)
  await act(async () => {
    tellEvents()
    await settle()
  })
  expect(isClosed).toBe(true)
  const [entry] = sessionStore().state().session.values()
  expect(entry.about).toMatchObject({ time: '0.5', ns: '500000000', pfn: '0x10' })
})
