import { QueryClient, useQueryClient, useQuery as useTanStackQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { type QuestionName, type Questions } from '../bridge/protocol.ts'
import { type Capture, captureOf, type CaptureStore } from './capture-store.ts'
import { useCapture, useCaptureStore } from './use-trace.ts'

/** What is known of the answer. `stale` is the answer to the question before, of the same capture and page, to show meanwhile. */
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
    queryKey: keyOf(capture, name, question),
    enabled: generation !== undefined && question !== undefined,
    gcTime: keepMs,
    queryFn: async () => ask(store, name, question),
    // Another capture's answer cites other files, and another page's says nothing of this one: neither is shown as stale.
    placeholderData: (previous, query) =>
      query?.queryKey[0] === capture?.reading && pfnOf(query?.queryKey[2]) === pfnOf(question) ? previous : undefined,
  })
  if (result.isError) return { status: 'failed', error: result.error }
  if (result.isPlaceholderData || result.data === undefined) return { status: 'pending', stale: result.data }
  return { status: 'ready', value: result.data }
}

/** Asks before anything shows the answer, so that it is there at once when it is to be shown. `undefined` where there is none. */
export type AskAhead = <Name extends QuestionName>(
  name: Name,
  question: Questions[Name]['question'],
) => Promise<Questions[Name]['answer'] | undefined>

/** What asks ahead of the screen. The answer is `useQuery`'s, kept as long; a failure is told by whoever shows it. */
export function useAskAhead(): AskAhead {
  const store = useCaptureStore()
  const client = useQueryClient()
  return useCallback(
    async (name, question) => {
      const capture = captureOf(store.state())
      if (!capture) return undefined
      const query = { queryKey: keyOf(capture, name, question), queryFn: async () => ask(store, name, question) }
      return client.fetchQuery(query).catch(() => undefined)
    },
    [store, client],
  )
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

/** One key for one question to one state of the capture: the same for whoever asks. */
function keyOf(capture: Capture | undefined, name: QuestionName, question: unknown): readonly unknown[] {
  return [capture?.reading, name, question, capture?.generation]
}

/** The page that a question is about, if it is about one. */
function pfnOf(question: unknown): unknown {
  return typeof question === 'object' && question !== null && 'pfn' in question ? question.pfn : undefined
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
