import { QueryClient, useQuery as useTanStackQuery } from '@tanstack/react-query'
import { type QuestionName, type Questions } from '../bridge/protocol.ts'
import { type CaptureStore } from './capture-store.ts'
import { useCapture, useCaptureStore } from './use-trace.ts'

/** What is known of the answer. `stale` is the answer to the question before, of the same capture, to show meanwhile. */
export type QueryState<T> =
  | { readonly status: 'pending'; readonly stale?: T }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly error: Error }

/** Kept answers that no view shows any more, for going back without waiting. ms. */
const KEEP_MS = 60_000

/**
 * Asks the loaded capture. Keyed by the question's value: the same question is asked once, the latest answer wins.
 * An `undefined` question asks nothing and stays pending. `keepMs`: how long an answer is kept that nobody shows any more.
 */
export function useQuery<Name extends QuestionName>(
  name: Name,
  question: Questions[Name]['question'] | undefined,
  keepMs: number = KEEP_MS,
): QueryState<Questions[Name]['answer']> {
  const store = useCaptureStore()
  const capture = useCapture()
  const generation = capture?.generation
  const result = useTanStackQuery<Questions[Name]['answer']>({
    queryKey: [capture?.reading, name, question, generation],
    enabled: generation !== undefined && question !== undefined,
    gcTime: keepMs,
    queryFn: async () => ask(store, name, question),
    // Another capture's answer cites other files: it is never shown as stale.
    placeholderData: (previous, query) => (query?.queryKey[0] === capture?.reading ? previous : undefined),
  })
  if (result.isError) return { status: 'failed', error: result.error }
  if (result.isPlaceholderData || result.data === undefined) return { status: 'pending', stale: result.data }
  return { status: 'ready', value: result.data }
}

/** What can be shown now: the answer, or the stale one. */
export function shownOf<T>(state: QueryState<T>): T | undefined {
  if (state.status === 'ready') return state.value
  return state.status === 'pending' ? state.stale : undefined
}

/** The cache of answers. The worker is always there: nothing waits for a network, nothing is asked again by itself. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        structuralSharing: false,
        staleTime: Infinity,
        gcTime: KEEP_MS,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
    },
  })
}

async function ask<Name extends QuestionName>(
  store: CaptureStore,
  name: Name,
  question: Questions[Name]['question'] | undefined,
): Promise<Questions[Name]['answer']> {
  if (question === undefined) throw new Error('broken promise: asked without a question')
  const result = await store.ask(name, question)
  if (!result.ok) throw new Error(result.problem.message)
  return result.answer
}
