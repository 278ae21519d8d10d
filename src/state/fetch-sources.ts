import { type LoadProgress } from '../bridge/protocol.ts'
import { type SourceAddress } from './source-address.ts'

type Address = Extract<SourceAddress, { ok: true }>
type Tell = (progress: LoadProgress) => void

/** Least time between two tellings, ms. */
const PACE_MS = 100
/** Bytes in which a web page would show itself. */
const HEAD_BYTES = 512

/**
 * Fetches files of the page's own origin, one after another, each straight into a `Blob`. Rejects with words for a person: an answer
 * that is no file, a redirect, an error of the server, with the address.
 */
export async function fetchSources(
  addresses: readonly Address[],
  tell: Tell,
  get: typeof fetch = fetch,
): Promise<readonly File[]> {
  const files: File[] = []
  for (const [fileIndex, address] of addresses.entries()) {
    const base = {
      phase: 'fetching',
      fileName: address.name,
      fileIndex,
      fileCount: addresses.length,
      events: 0,
    } as const
    const onBytes = (bytesRead: number, bytesTotal: number): void => tell({ ...base, bytesRead, bytesTotal })
    files.push(await fetchOne(address, onBytes, get))
  }
  return files
}

async function fetchOne(
  { name, href }: Address,
  onBytes: (read: number, total: number) => void,
  get: typeof fetch,
): Promise<File> {
  const response = await get(href, { credentials: 'same-origin', redirect: 'manual' }).catch((error: unknown) => {
    throw new Error(`${href} cannot be had (${error instanceof Error ? error.message : String(error)})`)
  })
  if (response.type === 'opaqueredirect') throw new Error(`${href} leads elsewhere, which is not followed`)
  if (!response.ok) throw new Error(`${href} answered ${response.status} ${response.statusText}`.trim())
  if (response.body === null) throw new Error(`${href} answered without any content`)
  // What is packed for the way is unpacked by the browser: its bytes are more than were told.
  const isEncoded = response.headers.get('content-encoding') !== null
  const total = isEncoded ? 0 : Number(response.headers.get('content-length') ?? 0)
  const blob = await new Response(response.body.pipeThrough(counting((read) => onBytes(read, total)))).blob()
  if (await isWebPage(response, blob)) throw new Error(`${href} answered with a web page instead of the file`)
  if (total > 0 && blob.size !== total) throw new Error(`${href} ended after ${blob.size} of ${total} bytes`)
  const lastModified = Date.parse(response.headers.get('last-modified') ?? '')
  return new File([blob], name, Number.isNaN(lastModified) ? {} : { lastModified })
}

function counting(tell: (read: number) => void): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let read = 0
  let toldAt = 0
  return new TransformStream({
    transform(piece, controller) {
      read += piece.length
      controller.enqueue(piece)
      const now = Date.now()
      if (now - toldAt < PACE_MS) return
      toldAt = now
      tell(read)
    },
  })
}

/** A server of single-page apps answers with its page where a file is missing. */
async function isWebPage(response: Response, blob: Blob): Promise<boolean> {
  if (!/\btext\/html\b/i.test(response.headers.get('content-type') ?? '')) return false
  return /^\s*<(!doctype\s+html|html|head|body)\b/i.test(await blob.slice(0, HEAD_BYTES).text())
}
