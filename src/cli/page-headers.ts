/** What neither the served page nor the app in one file may do: run a text as script or as markup. */
export const TRUSTED_TYPES: readonly string[] = ["require-trusted-types-for 'script'", 'trusted-types default']

/**
 * What the built page may do: run its own files and nothing else. Styles are the exception, because the UI kit and the charts
 * write `style` attributes and one `<style>` element.
 */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob:", // blob: is what this page itself made: a chart on its way to a PNG
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  ...TRUSTED_TYPES,
].join('; ')

/** All that a page could ask of a machine, and this one never does. */
const REFUSED = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'browsing-topics',
  'camera',
  'display-capture',
  'encrypted-media',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'web-share',
  'xr-spatial-tracking',
]

/** `camera=(), …`: for nobody, not for the page itself either. */
export const PERMISSIONS = REFUSED.map((feature) => `${feature}=()`).join(', ')

/** Headers that cut the page off from windows of other sites. */
export const ISOLATION: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

/**
 * The headers of a server of the page. A worker takes its policy from its own response and not from the page, hence the header
 * beside the `<meta>`, which could not say who may embed the page either.
 *
 * @param embedders origins that may embed the page or open it in a window and speak to it; usually none
 */
export function pageHeaders(embedders: readonly string[]): Readonly<Record<string, string>> {
  return {
    ...ISOLATION,
    ...(embedders.length === 0 ? {} : { 'cross-origin-opener-policy': 'unsafe-none' }),
    'content-security-policy': `${PAGE_POLICY}; frame-ancestors ${["'self'", ...embedders].join(' ')}`,
    'permissions-policy': PERMISSIONS,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}
