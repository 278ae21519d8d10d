import { useEffect, useState } from 'react'
import { isOneFile } from './carried-files.ts'
import { sourceAddress, type SourceAddress, sourcesAsked } from './source-address.ts'
import { useCaptureStore } from './use-trace.ts'

/** Files that the page's address names and that are not fetched, with the reason. */
export interface RefusedSources {
  readonly refused: readonly Extract<SourceAddress, { ok: false }>[]
  readonly dismiss: () => void
}

/**
 * Opens the files that `?src=` names, once, when the page is opened. None of them is fetched when one may not be: half a capture is
 * another capture.
 */
export function useSourceAddress(): RefusedSources | undefined {
  const store = useCaptureStore()
  const [addresses] = useState(addressesAsked)
  const [isDismissed, setDismissed] = useState(false)
  useEffect(() => {
    const allowed = addresses.filter((address) => address.ok)
    if (allowed.length === 0 || allowed.length < addresses.length || store.state().status !== 'empty') return
    void store.openFetched(
      allowed.map(({ name }) => name),
      async (tell) => (await import('./fetch-sources.ts')).fetchSources(allowed, tell),
    )
    // On arrival alone: after a failure or a cancel the person decides.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
  const refused = addresses.filter((address) => !address.ok)
  return refused.length === 0 || isDismissed ? undefined : { refused, dismiss: () => setDismissed(true) }
}

function addressesAsked(): readonly SourceAddress[] {
  return sourcesAsked().map((written): SourceAddress => {
    if (isOneFile()) return { ok: false, written, why: 'pinscope in one file fetches nothing; choose the file' }
    return sourceAddress(written, window.location.href)
  })
}
