import { EMPTY_SESSION, type Session } from '../session/session.ts'
import { parseSession, sessionText } from '../session/session-file.ts'

/** Where the session is kept. The version is in its text. */
export const SESSION_KEY = 'pinscope.session'
/** Where what could not be read is put aside, so that nothing is lost. */
export const UNREAD_SESSION_KEY = 'pinscope.session.unread'
const BROWSER_KEY = 'pinscope.session.browser'

/** Whether the session is kept in this browser; if not, why, for people. */
export type Keeping =
  | { readonly how: 'kept'; readonly note?: string }
  /** Came with a report, and is not kept before a person changes something. */
  | { readonly how: 'copy' }
  | { readonly how: 'not_kept'; readonly why: string }

/** Where a session may be kept. Touching it may throw. */
export type SessionShelf = Pick<Storage, 'getItem' | 'setItem'>

const FULL = 'The storage of this browser is full'
const REFUSED = 'This browser does not let the page keep anything'

const NEWER = 'A newer pinscope keeps a session in this browser, which this one cannot read and does not write over'
const UNREADABLE =
  'What this browser keeps cannot be read, and there is no room to put it aside, so it is not written over: export this session'

/** The shelf with all that can go wrong on it, in words. */
export function keepingShelf(open: () => SessionShelf | undefined): {
  readonly ownId: (random: (digits: number) => string) => string
  readonly load: () => { readonly session: Session; readonly keeping: Keeping }
  readonly latest: () => Session
  readonly save: (session: Session) => Keeping
} {
  let lastText: string | undefined
  let lastSession = EMPTY_SESSION
  /** Why what is kept must not be written over: a newer pinscope made it, or it cannot be read and not be put aside. */
  let held: string | undefined
  let note: string | undefined

  const read = (key: string): string | null => {
    try {
      return open()?.getItem(key) ?? null
    } catch {
      return null // said when something is to be kept
    }
  }
  const put = (key: string, text: string): Keeping => {
    const failed = (why: string): Keeping => ({ how: 'not_kept', why })
    try {
      const shelf = open()
      if (shelf === undefined) return failed(REFUSED)
      shelf.setItem(key, text)
      return { how: 'kept', ...(note === undefined ? {} : { note }) }
    } catch (error) {
      return failed(error instanceof Error && /quota|full/i.test(`${error.name} ${error.message}`) ? FULL : REFUSED)
    }
  }
  const latest = (): Session => {
    const text = read(SESSION_KEY)
    if (text === null || text === lastText) return text === null ? EMPTY_SESSION : lastSession
    const found = parseSession(text)
    if (found.ok) {
      lastText = text
      lastSession = found.value
      held = undefined
      return found.value
    }
    held = found.error.kind === 'newer' ? NEWER : UNREADABLE
    if (held === UNREADABLE && put(UNREAD_SESSION_KEY, text).how === 'kept') {
      held = undefined
      note = `What was kept before could not be read. It was put aside in this browser's storage as ${UNREAD_SESSION_KEY}. ${found.error.message}`
    }
    return EMPTY_SESSION
  }
  return {
    ownId: (random) => {
      const known = read(BROWSER_KEY)
      if (known !== null && /^[0-9a-f]{8}$/.test(known)) return known
      const made = random(8)
      put(BROWSER_KEY, made)
      return made
    },
    load: () => {
      const session = latest()
      if (held !== undefined) return { session, keeping: { how: 'not_kept', why: held } }
      // Asked before anything is typed: whoever must not lose a note is told first.
      const isRefused = session.size === 0 && put(`${SESSION_KEY}.probe`, '1').how === 'not_kept'
      if (isRefused) return { session, keeping: { how: 'not_kept', why: REFUSED } }
      return { session, keeping: { how: 'kept', ...(note === undefined ? {} : { note }) } }
    },
    latest,
    save: (session) => {
      latest()
      if (held !== undefined) return { how: 'not_kept', why: held }
      const text = sessionText(session)
      const keeping = put(SESSION_KEY, text)
      if (keeping.how === 'kept') [lastText, lastSession] = [text, session]
      return keeping
    },
  }
}
