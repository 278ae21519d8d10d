/**
 * The address that leads to `link` (`/pfn?v=1…`, or `#/pfn?v=1…`), for others too. Where the page is a file of this machine there is none: then it is the
 * part from the `#` on, to be put behind the address of any pinscope, or of this file wherever the other one has it.
 */
export function addressOfLink(link: string): string {
  const hash = link.slice(link.indexOf('#') + 1)
  return isLocalPage() ? `#${hash}` : new URL(`#${hash}`, document.baseURI).href
}

/** True when the page was opened from a disk: its address means nothing elsewhere. */
export function isLocalPage(): boolean {
  return window.location.protocol === 'file:'
}

/** What to do with a link of a page that was opened from a disk. */
export const LOCAL_LINK_WORDS =
  'This page is a file, and its address means nothing on another machine: put the link behind the address of a pinscope there, ' +
  'as http://127.0.0.1:4173/, or behind that of a copy of this file.'
