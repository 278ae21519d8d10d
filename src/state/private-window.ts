/** What of a browser tells a private window. */
export interface PrivateSigns {
  /** Of the page's address: `https:`. */
  readonly protocol: string
  readonly storage?: Pick<StorageManager, 'getDirectory'> | undefined
  /** Throws, or is absent, where nothing may be kept at all: that is told otherwise. */
  readonly local: () => unknown
}

/**
 * True in a window of which the browser keeps nothing once it is closed, as far as a page can know: Firefox refuses its private
 * storage there alone, and lets the page keep everything else until then. No page can tell a private window of Chromium.
 * A page of a disk is never said to be in one: Chromium refuses that storage to each of them, and keeps all else for good.
 */
export async function isPrivateWindow(signs: PrivateSigns = signsOfBrowser()): Promise<boolean> {
  const { protocol, storage, local } = signs
  if (protocol === 'file:') return false
  try {
    if (local() === undefined || typeof storage?.getDirectory !== 'function') return false
  } catch {
    return false
  }
  return storage.getDirectory().then(
    () => false,
    (error: unknown) => error instanceof DOMException && error.name === 'SecurityError',
  )
}

function signsOfBrowser(): PrivateSigns {
  return {
    protocol: globalThis.location.protocol,
    storage: globalThis.navigator?.storage,
    local: () => globalThis.localStorage,
  }
}
