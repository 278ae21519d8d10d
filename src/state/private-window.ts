/** What of a browser tells a private window. */
export interface PrivateSigns {
  readonly storage?: Pick<StorageManager, 'getDirectory'> | undefined
  /** Throws, or is absent, where nothing may be kept at all: that is told otherwise. */
  readonly local: () => unknown
}

/**
 * True in a window of which the browser keeps nothing once it is closed, as far as a page can know: Firefox refuses its private
 * storage there alone, and lets the page keep everything else until then. Of Chromium nobody can tell.
 */
export async function isPrivateWindow({ storage, local }: PrivateSigns = signsOfBrowser()): Promise<boolean> {
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
  return { storage: globalThis.navigator?.storage, local: () => globalThis.localStorage }
}
