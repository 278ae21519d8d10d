import { EMPTY_SESSION, type Session } from '../session/session.ts'
import { keptText, readKept } from '../session/session-file.ts'
import { type Disk } from './session-copy.ts'

/** Where the session is kept. The version is in its text. */
export const SESSION_KEY = 'pinscope.session'
/** Where what could not be read is put aside, so that nothing is lost: the first one, and with `.2` and so on those after it. */
export const UNREAD_SESSION_KEY = 'pinscope.session.unread'
/** That many unreadable sessions are put aside; none is written over. */
const MOST_ASIDE = 9
const ASIDE_KEYS = Array.from({ length: MOST_ASIDE }, (_, at) => `${UNREAD_SESSION_KEY}${at === 0 ? '' : `.${at + 1}`}`)
const BROWSER_KEY = 'pinscope.session.browser'

/** Whether the session is kept in this browser; if not, why, for people. */
export type Keeping =
  /** `disk`: how far what was said last is; absent before anything was said. */
  | { readonly how: 'kept'; readonly note?: string; readonly disk?: Disk }
  /** Came with a report, and is not kept before a person changes something. */
  | { readonly how: 'copy' }
  /** `isNewer`: what is there is a newer pinscope's. */
  | { readonly how: 'not_kept'; readonly why: string; readonly isNewer?: true }

/** The same of a session that is this browser's. */
export type KeepingHere = Exclude<Keeping, { readonly how: 'copy' }>

/** Where a session may be kept. Touching it may throw. */
export type SessionShelf = Pick<Storage, 'getItem' | 'setItem'>

const FULL = 'The storage of this browser is full'
const REFUSED = 'This browser does not let the page keep anything'

const NEWER = 'A newer pinscope keeps a session in this browser, which this one cannot read and does not write over'
const UNREADABLE =
  'What this browser keeps cannot be read, and there is no room to put it aside, so it is not written over'

/** The shelf with all that can go wrong on it, in words. */
export interface KeepingShelf {
  readonly ownId: (random: (digits: number) => string) => string
  readonly load: () => { readonly session: Session; readonly keeping: KeepingHere }
  /** What is kept now; empty when it cannot be read, which `held` then tells. */
  readonly latest: () => Session
  /** The text that is kept now; `null` when there is none. */
  readonly text: () => string | null
  /** Nobody has changed it since it was read or written here. */
  readonly isAsLeft: () => boolean
  readonly held: () => KeepingHere | undefined
  /** The texts that were put aside. */
  readonly unread: () => readonly string[]
  readonly save: (session: Session) => KeepingHere
  /** What is to be told beside that all is kept. */
  readonly tell: (note: string) => void
}

/** A shelf over a browser's storage; see `KeepingShelf`. */
export function keepingShelf(open: () => SessionShelf | undefined): KeepingShelf {
  let lastText: string | undefined
  /** What was put aside last. */
  let unread: string | undefined
  let lastSession = EMPTY_SESSION
  /** Why what is kept must not be written over: a newer pinscope made it, or it cannot be read and not be put aside. */
  let held: typeof NEWER | typeof UNREADABLE | undefined
  let note: string | undefined

  const read = (key: string): string | null => {
    try {
      return open()?.getItem(key) ?? null
    } catch {
      return null // said when something is to be kept
    }
  }
  const kept = (): KeepingHere => ({ how: 'kept', ...(note === undefined ? {} : { note }) })
  const put = (key: string, text: string): KeepingHere => {
    const failed = (why: string): KeepingHere => ({ how: 'not_kept', why })
    try {
      const shelf = open()
      if (shelf === undefined) return failed(REFUSED)
      shelf.setItem(key, text)
      return kept()
    } catch (error) {
      return failed(error instanceof Error && /quota|full/i.test(`${error.name} ${error.message}`) ? FULL : REFUSED)
    }
  }
  /** The key that holds it now; `undefined` where there is no room. */
  const putAside = (text: string): string | undefined => {
    const key = ASIDE_KEYS.find((one) => read(one) === text) ?? ASIDE_KEYS.find((one) => read(one) === null)
    return key !== undefined && (read(key) === text || put(key, text).how === 'kept') ? key : undefined
  }
  const latest = (): Session => {
    const text = read(SESSION_KEY)
    if (text === null) held = undefined
    if (text === null || text === lastText) return text === null ? EMPTY_SESSION : lastSession
    if (text === unread) return EMPTY_SESSION
    const found = readKept(text)
    lastText = found.ok ? text : undefined
    if (found.ok) {
      lastSession = found.value
      held = undefined
      return found.value
    }
    held = found.error.kind === 'newer' ? NEWER : UNREADABLE
    const aside = held === UNREADABLE ? putAside(text) : undefined
    if (aside !== undefined) {
      unread = text
      held = undefined
      note = `What was kept before could not be read. It was put aside in this browser's storage as ${aside}. ${found.error.message}`
    }
    return EMPTY_SESSION
  }
  const heldNow = (): KeepingHere | undefined =>
    held && { how: 'not_kept', why: held, ...(held === NEWER ? { isNewer: true } : {}) }
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
      const refusal = heldNow()
      if (refusal !== undefined) return { session, keeping: refusal }
      // Asked before anything is typed: whoever must not lose a note is told first.
      const isRefused = session.size === 0 && put(`${SESSION_KEY}.probe`, '1').how === 'not_kept'
      return { session, keeping: isRefused ? { how: 'not_kept', why: REFUSED } : kept() }
    },
    latest,
    text: () => read(SESSION_KEY),
    isAsLeft: () => (read(SESSION_KEY) ?? undefined) === (unread ?? lastText),
    held: heldNow,
    unread: () => ASIDE_KEYS.flatMap((key) => read(key) ?? []),
    save: (session) => {
      latest()
      const refusal = heldNow()
      if (refusal !== undefined) return refusal
      const text = keptText(session)
      const keeping = put(SESSION_KEY, text)
      if (keeping.how === 'kept') [lastText, lastSession] = [text, session]
      return keeping
    },
    tell: (words) => {
      note = words
    },
  }
}
