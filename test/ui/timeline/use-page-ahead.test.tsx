import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, renderHook } from '@testing-library/react'
import { type ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import { CaptureStore } from '../../../src/state/capture-store.ts'
import { createQueryClient } from '../../../src/state/use-query.ts'
import { CaptureStoreContext } from '../../../src/state/use-trace.ts'
import { PAGE_COLUMNS, useAskPageAhead } from '../../../src/ui/timeline/use-page-ahead.ts'
import { FakeConnection, loaded, settle } from '../../support/fake-trace-api.ts'

afterEach(cleanup)

const life = { startsWithTrace: false, endsWithTrace: false, hasLoss: false }
const time = (ns: number) => ({ ns, text: String(ns) })
const facts = {
  pfn: 7,
  failures: [],
  lifetimes: [
    { number: 1, from: time(0), to: time(1_000_000), events: 1, ...life },
    { number: 2, from: time(2_000_000), to: time(3_000_000), events: 9, ...life },
  ],
}

/** What is asked when a page is asked about ahead whose facts tell of so many events. */
async function askedOf(events: number, link: object = {}): Promise<readonly unknown[]> {
  const connection = new FakeConnection()
  const store = new CaptureStore(connection)
  const client = createQueryClient()
  const { result } = renderHook(useAskPageAhead, {
    wrapper: ({ children }: { readonly children: ReactNode }) => (
      <QueryClientProvider client={client}>
        <CaptureStoreContext value={store}>{children}</CaptureStoreContext>
      </QueryClientProvider>
    ),
  })
  await act(async () => {
    void store.open([new File([''], 'a')], 'instead')
    await settle()
    await connection.loads[0].finish(loaded('a'))
  })
  connection.answer = async (name) => (name === 'pageFacts' ? { ...facts, events } : {})
  const none = { lifetime: undefined, failure: undefined, from: undefined, to: undefined }
  await act(async () => result.current(7, { ...none, ...link }))
  return connection.asked
}

test('the timeline of a page is asked for with its facts, of the life that its screen shows', async () => {
  expect(await askedOf(10)).toEqual([
    ['pageFacts', { pfn: 7 }],
    ['timeline', { pfn: 7, lifetime: 2, from: 1_980_000, to: 3_020_000, columns: PAGE_COLUMNS }],
  ])
  expect(await askedOf(10, { lifetime: 1 })).toContainEqual([
    'timeline',
    { pfn: 7, lifetime: 1, from: -20_000, to: 1_020_000, columns: PAGE_COLUMNS },
  ])
})

test('of a page without events and of a very busy one only the facts are asked for ahead', async () => {
  expect(await askedOf(0)).toEqual([['pageFacts', { pfn: 7 }]])
  expect(await askedOf(1_000_000)).toEqual([['pageFacts', { pfn: 7 }]])
})
