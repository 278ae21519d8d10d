/** Files that one address may name. */
const MOST_SOURCES = 32

/** A file that the address of the page names, or why it is not fetched. */
export type SourceAddress =
  | { readonly ok: true; readonly name: string; readonly href: string }
  | { readonly ok: false; readonly written: string; readonly why: string }

/** What `?src=…&src=…` says, before the `#`; as written. Empty outside a page. */
export function sourcesAsked(search: string = globalThis.location?.search ?? ''): readonly string[] {
  return new URLSearchParams(search).getAll('src').slice(0, MOST_SOURCES)
}

/** Where a file lies that the address names. Only files of the page's own origin are: `base` is the page's address. */
export function sourceAddress(written: string, base: string): SourceAddress {
  const refused = (why: string): SourceAddress => ({ ok: false, written, why })
  let [page, url]: (URL | undefined)[] = []
  try {
    page = new URL(base)
    url = new URL(written, page)
  } catch {
    return refused('it is no address')
  }
  if (page.protocol === 'file:') return refused('a page that is opened from a disk may fetch nothing; choose the file')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refused('only files of a server can be named')
  if (url.username !== '' || url.password !== '')
    return refused('an address with a name or a password in it is not used')
  if (url.origin !== page.origin)
    return refused(`it is at ${url.origin}, and only files at ${page.origin} are fetched; download it and choose it`)
  url.hash = ''
  const name = nameOf(url.pathname)
  return name === '' ? refused('it names a folder, not a file') : { ok: true, name, href: url.href }
}

function nameOf(path: string): string {
  const last = path.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last).replaceAll(/[/\\\0]/g, '_')
  } catch {
    return last
  }
}
