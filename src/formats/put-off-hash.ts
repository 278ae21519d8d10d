import { type FileHash } from '../model/file-hash.ts'
import { type Source } from './source.ts'

type PutOff = Extract<FileHash, { kind: 'put_off' }>

/** The hash of a source that computes it itself, now; undefined where it does not. Never rejects. */
export function hashedNow(source: Source): Promise<FileHash> | undefined {
  return source.sha256?.().then(
    (sha256): FileHash => ({ kind: 'known', sha256 }),
    (error: unknown): FileHash => ({ kind: 'none', why: unreadable(error) }),
  )
}

/** No hash yet, but the fingerprint that was taken before the file was read. Never rejects. */
export function putOff(fingerprint: Promise<string>): Promise<FileHash> {
  return fingerprint.then(
    (taken): FileHash => ({ kind: 'put_off', fingerprint: taken }),
    (error: unknown): FileHash => ({ kind: 'none', why: unreadable(error) }),
  )
}

/** Of a file that changed, or went, while it was read: no hash is that of what was read. */
export function neverHashed({ fingerprint }: PutOff): FileHash {
  return { kind: 'none', why: 'it changed while it was read, or could not be read whole: open it again', fingerprint }
}

/**
 * The hash of a file that was read before, as its source computes it, or `sha256` does. It is given only when the file is
 * still what it was before it was read, as far as its size, time and fingerprint tell; else it is said why there is none.
 * Rejects with the reason of `signal` alone.
 */
export async function hashPutOff(
  source: Source,
  { fingerprint }: PutOff,
  sha256: () => Promise<string> | undefined = () => source.sha256?.(),
  signal?: AbortSignal,
): Promise<FileHash> {
  try {
    const sum = await sha256()
    const isSame = !((await source.changed?.()) ?? false) && (await source.fingerprint?.()) === fingerprint
    if (sum === undefined || !isSame) return { kind: 'none', why: CHANGED, fingerprint }
    return { kind: 'known', sha256: sum, fingerprint }
  } catch (error) {
    signal?.throwIfAborted()
    return { kind: 'none', why: unreadable(error), fingerprint }
  }
}

const CHANGED =
  'it changed since it was read: what is shown is of the file as it was then; open it again to see it as it is now'

function unreadable(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error)
  return `its bytes could not be read (${why}): a folder, or moved, or changed since it was chosen; open it again`
}
