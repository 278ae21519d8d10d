import { mergeSessions, type Session } from '../session/session.ts'
import { keptText, readKept } from '../session/session-file.ts'

/** What becomes of what is there. */
interface Update {
  readonly put: string
  /** Put aside, under a name of its own: it could not be read. */
  readonly aside?: string
}

/**
 * A second place for the session, which is slower than the first and surer: browsers write `localStorage` to the disk seconds or
 * a minute later, so that what is in it alone dies with the browser.
 */
export interface SessionCopy {
  /** What is there; `undefined` when nothing is. Rejects where there is no such place. */
  readonly read: () => Promise<string | undefined>
  /** Nobody writes between the reading and the writing; it is on the disk when this resolves. `undefined`: nothing is written. */
  readonly update: (change: (found: string | undefined) => Update | undefined) => Promise<void>
}

/** `waiting`: on its way to the disk; `written`: there; `later`: only the browser knows when. */
export type Disk = 'waiting' | 'written' | 'later'

/** Writes to the copy one after the other, the latest session only, and tells how far that is. */
export function copyKeeper(
  copy: SessionCopy | undefined,
  tell: (disk: Disk) => void,
): { readonly load: () => Promise<Session | undefined>; readonly save: (session: Session) => Disk } {
  let next: Session | undefined
  let isBusy = false
  const run = async (to: SessionCopy): Promise<void> => {
    isBusy = true
    let disk: Disk = 'later'
    while (next !== undefined) {
      const session = next
      next = undefined
      disk = await written(to, session)
    }
    isBusy = false
    tell(disk)
  }
  return {
    load: async () => {
      const text = await copy?.read().catch(() => undefined)
      const read = text === undefined ? undefined : readKept(text)
      return read?.ok === true ? read.value : undefined
    },
    save: (session) => {
      if (copy === undefined) return 'later'
      next = session
      if (!isBusy) void run(copy)
      return 'waiting'
    },
  }
}

async function written(copy: SessionCopy, session: Session): Promise<Disk> {
  let disk: Disk = 'written'
  const change = (found: string | undefined): Update | undefined => {
    const read = found === undefined ? undefined : readKept(found)
    if (read === undefined) return { put: keptText(session) }
    if (read.ok) return { put: keptText(mergeSessions(session, read.value)) }
    if (read.error.kind === 'broken') return { put: keptText(session), aside: found }
    disk = 'later' // a newer pinscope's
    return undefined
  }
  return copy.update(change).then(
    () => disk,
    () => 'later',
  )
}

const NAME = 'pinscope.session'
const STORE = 'copy'
/** Of the database's own shape; the session's version is in its text. */
const VERSION = 1
const KEY = 'session'

/** The copy in this browser's database. */
export function browserCopy(): SessionCopy {
  return {
    read: () => inStore('readonly', (store, done) => wait(store.get(KEY), (found) => done(textOf(found)))),
    update: (change) =>
      inStore('readwrite', (store, done) =>
        wait(store.get(KEY), (found) => {
          const update = change(textOf(found))
          if (update === undefined) return done(undefined)
          if (update.aside !== undefined) store.put(update.aside, `unread ${new Date().toISOString()}`)
          store.put(update.put, KEY)
          done(undefined)
        }),
      ),
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function wait(request: IDBRequest<unknown>, then: (value: unknown) => void): void {
  request.addEventListener('success', () => then(request.result))
}

/** Runs in a transaction of its own; resolves with what `work` said when all of it is on the disk. */
async function inStore<T>(
  mode: 'readonly' | 'readwrite',
  work: (store: IDBObjectStore, done: (value: T) => void) => void,
): Promise<T> {
  const database = await opened()
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: 'strict' })
      const failed = (): void => reject(transaction.error ?? new Error('the database of this browser failed'))
      transaction.addEventListener('abort', failed)
      transaction.addEventListener('error', failed)
      work(transaction.objectStore(STORE), (value) => transaction.addEventListener('complete', () => resolve(value)))
    })
  } finally {
    database.close() // an open one would keep a later pinscope from changing its shape
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION) // throws, or is refused, where nothing may be kept
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE))
    request.addEventListener('success', () => resolve(request.result))
    const failed = (): void => reject(request.error ?? new Error('another tab holds the database'))
    request.addEventListener('error', failed)
    request.addEventListener('blocked', failed)
  })
}
