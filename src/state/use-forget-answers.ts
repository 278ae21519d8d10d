import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { captureOf } from './capture-store.ts'
import { useCapturePair, useStateOf } from './use-captures.ts'

/**
 * Lets go of answers about captures that are not open any more, which else would stay a while as those do that no screen
 * shows. What a screen still shows goes when it asks the next capture.
 */
export function useForgetAnswers(): void {
  const client = useQueryClient()
  const [{ a, b }] = useCapturePair()
  const [ofA, ofB] = [captureOf(useStateOf(a))?.reading, captureOf(useStateOf(b))?.reading]
  useEffect(() => {
    client.removeQueries({ type: 'inactive', predicate: ({ queryKey: [of] }) => of !== ofA && of !== ofB })
  }, [client, ofA, ofB])
}
