/** What the browser asks before a text may become script or markup (W3C Trusted Types); not in TypeScript's own types. */
interface TrustedTypes {
  createPolicy(name: 'default', rules: TrustRules): unknown
}

/** `undefined` refuses. */
interface TrustRules {
  readonly createHTML: (text: string) => string | undefined
  readonly createScriptURL: (address: string) => string | undefined
}

/** Where a page or a worker is. */
interface Place {
  readonly href: string
  readonly origin: string
}

/**
 * Says, where the browser asks (the page's policy has `require-trusted-types-for 'script'`), what may be run and parsed in this
 * page or worker: no text as markup or as script, and workers of this origin alone. To be called before anything is drawn and
 * before a worker starts another. Browsers that do not ask need nothing of it.
 */
export function trustOwnScripts(
  place: { readonly trustedTypes?: TrustedTypes; readonly location: Place } = self,
): void {
  place.trustedTypes?.createPolicy('default', {
    // The UI kit fills <style> elements this way. Without these two letters a text makes no element and no entity.
    createHTML: (text) => (/[<&]/.test(text) ? undefined : text),
    createScriptURL: (address) => (isOwn(address, place.location) ? address : undefined),
  })
}

function isOwn(address: string, { href, origin }: Place): boolean {
  if (!URL.canParse(address, href)) return false
  const asked = new URL(address, href)
  // Pages of a disk are of no origin; what they run is a script that they made themselves.
  return asked.protocol === 'blob:' || (origin !== 'null' && asked.origin === origin)
}
