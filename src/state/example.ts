import { bytesBeside, isBeside } from './carried-files.ts'

/**
 * The capture that comes with the page, under `public/example/` (its README tells the origin). The hash of its main
 * file lets a link to the example open by itself; a test compares it with the file. A host that knows `.gz` would
 * unpack the trace on its way, and it would be another file then, so it is served under a name that means nothing.
 */
export const EXAMPLE = {
  files: [
    { name: 'trace.txt.gz', address: 'example/trace.gzip' },
    { name: 'page_owner.txt', address: 'example/page_owner.txt' },
    { name: 'dmesg.txt', address: 'example/dmesg.txt' },
    { name: 'window.txt', address: 'example/window.txt' },
  ],
  /** First 16 hex digits of the SHA-256 of `trace.txt.gz`. */
  mainHash: '4eacccdc6e8485e2',
} as const

/** Gets the example, from beside the page: a relative address, so that any sub-path of any host serves. */
export async function fetchExample(): Promise<readonly File[]> {
  return Promise.all(EXAMPLE.files.map(async ({ name, address }) => new File([await bytesBeside(address)], name)))
}

/** Whether there is an example: a report is sent without. */
export function hasExample(): boolean {
  return isBeside(EXAMPLE.files[0].address)
}
