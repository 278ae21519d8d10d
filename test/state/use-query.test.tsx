import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, render, screen } from '@testing-library/react'
import { type ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import { CaptureStore } from '../../src/state/capture-store.ts'
import { type AskAhead, createQueryClient, type QueryState, useAskAhead, useQuery } from '../../src/state/use-query.ts'
import { CaptureStoreContext } from '../../src/state/use-trace.ts'
import { FakeConnection, loaded, settle } from '../support/fake-trace-api.ts'

afterEach(cleanup)

type SearchState = QueryState<{ readonly reading: string }>

function words(state: SearchState): string {
  if (state.status === 'ready') return `ready ${state.value.reading}`
  if (state.status === 'failed') return `failed ${state.error.message}`
  return `pending ${state.stale?.reading ?? 'nothing'}`
}

function Probe({ text }: { readonly text: string | undefined }): ReactNode {
  const state = useQuery('search', text === undefined ? undefined : { text, limit: 1 })
  return <p data-testid="state">{words(state)}</p>
}

interface Stage {
  readonly connection: FakeConnection
  readonly store: CaptureStore
  /** Lets the answer to a text arrive. */
  readonly answer: (text: string) => Promise<void>
  readonly show: (text: string | undefined) => Promise<void>
  readonly open: (name: string) => Promise<void>
  readonly shown: () => string | null
}

async function stage(Shown: typeof Probe = Probe): Promise<Stage> {
  const connection = new FakeConnection()
  const store = new CaptureStore(connection)
  const client = createQueryClient()
  const waiting = new Map<string, (value: unknown) => void>()
  connection.answer = (_name, question) =>
    new Promise((resolve) => waiting.set((question as { text: string }).text, resolve)) // all questions here are searches
  const tree = (text: string | undefined): ReactNode => (
    <QueryClientProvider client={client}>
      <CaptureStoreContext value={store}>
        <Shown text={text} />
      </CaptureStoreContext>
    </QueryClientProvider>
  )
  const { rerender } = render(tree(undefined))
  const open = (name: string) =>
    act(async () => {
      void store.open([new File([''], name)], 'instead')
      await settle()
      await connection.loads[connection.loads.length - 1].finish(loaded(name))
    })
  await open('a')
  return {
    connection,
    store,
    open,
    show: async (text) => {
      await act(async () => rerender(tree(text)))
      await act(settle) // what was asked while rendering
    },
    answer: (text) =>
      act(async () => {
        waiting.get(text)?.({ reading: `answer to ${text}`, hits: [] })
        await settle()
      }),
    shown: () => screen.getByTestId('state').textContent,
  }
}

test('nothing is asked without a question', async () => {
  const { connection, shown } = await stage()
  expect(shown()).toBe('pending nothing')
  expect(connection.asked).toEqual([])
})

test('the answer before is shown as stale until the new one is there', async () => {
  const { show, answer, shown } = await stage()
  await show('one')
  expect(shown()).toBe('pending nothing')
  await answer('one')
  expect(shown()).toBe('ready answer to one')
  await show('two')
  expect(shown()).toBe('pending answer to one')
  await answer('two')
  expect(shown()).toBe('ready answer to two')
})

test('the latest question wins, whichever answer comes first', async () => {
  const { show, answer, shown } = await stage()
  await show('one')
  await show('two')
  await answer('two')
  await answer('one')
  expect(shown()).toBe('ready answer to two')
})

test('the same question is asked once', async () => {
  const { connection, show, answer, shown } = await stage()
  await show('one')
  await answer('one')
  await show('two')
  await show('one')
  expect(shown()).toBe('ready answer to one')
  expect(connection.asked).toHaveLength(2)
})

test('an answer of another capture is never shown, and the question is asked again', async () => {
  const { connection, show, answer, open, shown } = await stage()
  await show('one')
  await answer('one')
  await open('b')
  expect(shown()).toBe('pending nothing')
  expect(connection.asked).toHaveLength(2)
})

test('an answer about another page is never shown, not even as stale', async () => {
  const { connection, show, shown } = await stage(({ text }) => {
    const state = useQuery('pageFacts', text === undefined ? undefined : { pfn: Number(text) })
    return (
      <p data-testid="state">{state.status === 'pending' ? `pending ${state.stale?.pfn ?? 'nothing'}` : 'ready'}</p>
    )
  })
  connection.answer = async (_name, question) => ({ pfn: (question as { pfn: number }).pfn }) // asked for facts alone
  await show('1')
  expect(shown()).toBe('ready')
  connection.answer = () => new Promise(() => undefined)
  await show('2')
  expect(shown()).toBe('pending nothing')
})

test('what was asked ahead is shown at once, and asked once', async () => {
  let askAhead: AskAhead | undefined
  const { connection, show, answer, shown } = await stage(({ text }) => {
    askAhead = useAskAhead()
    return <Probe text={text} />
  })
  const ahead = askAhead?.('search', { text: 'one', limit: 1 })
  await act(settle)
  await answer('one')
  await ahead
  await show('one')
  expect(shown()).toBe('ready answer to one')
  expect(connection.asked).toHaveLength(1)
})

test('a question that cannot be answered says why', async () => {
  const { connection, show, shown } = await stage()
  connection.answer = () => Promise.reject(new Error('no file 7 among 1'))
  await show('one')
  expect(shown()).toBe('failed no file 7 among 1')
})
