import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, render } from '@testing-library/react'
import { type ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import { CapturePair } from '../../src/state/capture-pair.ts'
import { type CaptureStore } from '../../src/state/capture-store.ts'
import { CapturePairContext } from '../../src/state/use-captures.ts'
import { useForgetAnswers } from '../../src/state/use-forget-answers.ts'
import { createQueryClient, useQuery } from '../../src/state/use-query.ts'
import { CaptureStoreContext } from '../../src/state/use-trace.ts'
import { FakeConnection, loaded, settle } from '../support/fake-trace-api.ts'

afterEach(cleanup)

function Asking({ text }: { readonly text: string }): ReactNode {
  useQuery('search', { text, limit: 1 })
  return null
}

function Forgetting({ children }: { readonly children: ReactNode }): ReactNode {
  useForgetAnswers()
  return children
}

async function openIn(store: CaptureStore, connection: FakeConnection, name: string): Promise<void> {
  await act(async () => {
    void store.open([new File([''], name)], 'instead')
    await settle()
    await connection.loads[connection.loads.length - 1].finish(loaded(name))
  })
}

/** What is asked of whom, in the cache: `1 x` is the first reading, asked for x. */
function cached(client: QueryClient): readonly string[] {
  const keys = client
    .getQueryCache()
    .getAll()
    .map(({ queryKey }) => queryKey)
  return keys.map(([reading, , question]) => `${String(reading)} ${(question as { text: string }).text}`) // all are searches
}

test('answers about a capture go with it, and those about captures that are open stay', async () => {
  const [connection, other] = [new FakeConnection(), new FakeConnection()]
  for (const one of [connection, other]) one.answer = async () => ({})
  const pair = new CapturePair(connection, () => other)
  const { a } = pair.state()
  const b = pair.other()
  await openIn(a, connection, 'a')
  await openIn(b, other, 'b')
  const client = createQueryClient()
  const tree = (text: string): ReactNode => (
    <QueryClientProvider client={client}>
      <CapturePairContext value={pair}>
        <Forgetting>
          <CaptureStoreContext value={a}>
            <Asking text={text} />
          </CaptureStoreContext>
          <CaptureStoreContext value={b}>
            <Asking text={text} />
          </CaptureStoreContext>
        </Forgetting>
      </CapturePairContext>
    </QueryClientProvider>
  )
  const { rerender } = render(tree('x'))
  rerender(tree('y'))
  const ofB = 1_000_001
  expect(cached(client)).toEqual(['1 x', `${ofB} x`, '1 y', `${ofB} y`])
  await openIn(a, connection, 'c')
  expect(cached(client)).toEqual([`${ofB} x`, `${ofB} y`, '2 y'])
  await act(async () => pair.closeOther())
  expect(cached(client)).not.toContain(`${ofB} x`)
  expect(cached(client)).toContain('2 y')
})
