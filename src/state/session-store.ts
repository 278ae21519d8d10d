import { fail, ok, type Result } from '../base/result.ts'
import { type Change, type SaidOn } from '../session/register.ts'
import { LIMITS } from '../session/session-limits.ts'
import { differenceOf, type SessionDifference } from '../session/session-difference.ts'
import {
  parseSession,
  readKept,
  readSessionFile,
  type SessionFile,
  sessionFile,
  sessionText,
} from '../session/session-file.ts'
import { type SessionProblem } from '../session/session-problem.ts'
import { entryOf, type Field, FIELDS, mergeSessions, type Session, viewField, writeField } from '../session/session.ts'
import { type About, ABOUT_NAMES, type Subject, subjectKey } from '../session/subject.ts'
import { type Deed, renameDeed, revertDeed, type Step } from '../session/undo.ts'
import { browserCopy, copyKeeper, type Disk, type SessionCopy } from './session-copy.ts'
import { type Keeping, keepingShelf, SESSION_KEY, type SessionShelf } from './session-shelf.ts'
import { settingsNow } from './settings-store.ts'

/** One field that a person writes. `null` takes its value away. */
export interface Writing {
  /** All names of the subject, the one to keep it under first. */
  readonly names: readonly Subject[]
  readonly about: About
  readonly field: Field
  /** Absent: it stays as it is, and only words that are missing of what was said already are added. */
  readonly value?: string | null
  readonly on?: SaidOn
  /** The value that the person saw and changed (`null`: none): what another tab said meanwhile stays beside the new one. */
  readonly instead?: string | null
}

/** The session and how it stands. A value: it changes with each change. */
export interface SessionState {
  readonly session: Session
  readonly keeping: Keeping
  /** What would be undone and redone, in words; absent when nothing would. */
  readonly undo?: string
  readonly redo?: string
  /** Something that was said in this tab is neither kept nor exported: it goes when the tab is closed. */
  readonly isAtRisk: boolean
}

/** What became of a merge. */
export type MergeOutcome =
  | { readonly ok: true; readonly changed: number; readonly conflicts: number }
  | { readonly ok: false; readonly problem: SessionProblem }

interface StoreOptions {
  readonly shelf: () => SessionShelf | undefined
  /** A second place; see `SessionCopy`. */
  readonly copy?: SessionCopy | undefined
  readonly author: () => string
  readonly now: () => number
  readonly random: (digits: number) => string
}

/** Everything a person does with a session. React-free. */
export interface SessionStore {
  readonly state: () => SessionState
  readonly subscribe: (listener: () => void) => () => void
  /** Changes fields, all as one deed; kept before it returns. The number of fields that changed, or a sentence why not. */
  readonly write: (words: string, writings: readonly Writing[]) => Result<number, string>
  /** Takes the last deed back, or does it again: what was done, in words; empty when there is none. */
  readonly undo: () => string
  readonly redo: () => string
  readonly exportSession: () => SessionFile
  readonly exportText: () => string
  /** What was kept once, could not be read and was put aside, as it was. */
  readonly unread: () => readonly string[]
  /** The text was handed to a person: nothing of it is lost with this tab. */
  readonly exported: () => void
  /** What importing changes, before it is done. */
  readonly preview: (file: unknown) => Result<SessionDifference, SessionProblem>
  readonly importSession: (file: unknown, options?: { readonly isCopy?: boolean }) => MergeOutcome
  /** Takes over what another tab has kept. `null`: what was kept is gone, and is kept again. */
  readonly takeOver: (text: string | null) => void
  /** Looks at what is kept now: a tab that slept has not heard what became of it. */
  readonly look: () => void
  /** Resolves when what the copy had has been taken over. */
  readonly ready: Promise<void>
  /** True for a change made in this browser. */
  readonly isMine: (change: Change) => boolean
}

/** A store on a shelf: `localStorage` on the page, anything in tests. */
export function createSessionStore(options: StoreOptions): SessionStore {
  const shelf = keepingShelf(options.shelf)
  const browser = shelf.ownId(options.random)
  const replica = `${browser}${options.random(6)}`
  const listeners = new Set<() => void>()
  const copy = copyKeeper(options.copy, (disk) => onDisk(disk))
  const first = shelf.load()
  let state: SessionState = { session: first.session, keeping: first.keeping, isAtRisk: false }
  let done: readonly Deed[] = []
  let undone: readonly Deed[] = []
  let counter = 0
  let isCopy = false

  const mint = (): string => `${replica}.${++counter}`
  const changeOf = (value: string | null, on?: SaidOn): Change => ({
    id: mint(),
    by: options.author().slice(0, LIMITS.line),
    at: options.now(),
    ...(on === undefined ? {} : { on }),
    value,
  })
  const show = (session: Session, keeping: Keeping, isAtRisk: boolean = state.isAtRisk): void => {
    const [undo, redo] = [done.at(-1)?.words, undone.at(-1)?.words]
    state = {
      session,
      keeping,
      isAtRisk,
      ...(undo === undefined ? {} : { undo }),
      ...(redo === undefined ? {} : { redo }),
    }
    for (const listener of listeners) listener()
  }
  /** With what another tab has kept meanwhile: its event may be still on its way. */
  const current = (): Session => (isCopy ? state.session : mergeSessions(state.session, shelf.latest()))
  const keep = (session: Session): void => {
    // A copy has not followed other tabs: what they have kept meanwhile must not be written over.
    const whole = isCopy ? mergeSessions(session, shelf.latest()) : session
    isCopy = false
    const keeping = shelf.save(whole)
    const isNewer = keeping.how === 'not_kept' && keeping.isNewer === true
    // What a newer pinscope keeps is its own, in either place.
    const disk = isNewer ? 'later' : copy.save(whole)
    show(whole, keeping.how === 'kept' ? { ...keeping, disk } : keeping, keeping.how === 'not_kept')
  }
  /** The copy was written, or not: where the first place failed it is what is kept. */
  const onDisk = (disk: Disk): void => {
    const { session, keeping } = state
    if (keeping.how === 'kept') show(session, { ...keeping, disk }, false)
    else if (keeping.how === 'not_kept' && keeping.isNewer !== true && disk === 'written')
      show(session, { how: 'kept', disk, note: `${keeping.why}: ${IN_COPY}` }, false)
  }
  /** What the copy has and the first place has lost is shown, and kept in both. */
  const fromCopy = (found: Session | undefined): void => {
    if (found === undefined || isCopy) return
    const here = current()
    const whole = mergeSessions(here, found)
    if (sessionText(whole) === sessionText(here)) return
    const held = shelf.held()
    if (held !== undefined) return show(whole, held)
    const told = state.keeping.how === 'kept' ? state.keeping.note : undefined
    shelf.tell(told === undefined ? FROM_COPY : `${told} ${FROM_COPY}`)
    keep(whole)
  }
  const keepAgain = (): void => {
    if (isCopy || state.session.size === 0) return
    shelf.tell(CLEARED)
    keep(current())
  }
  const revert = (from: readonly Deed[]): { readonly deed: Deed; readonly words: string } | undefined => {
    const deed = from.at(-1)
    if (deed === undefined) return undefined
    const reverted = revertDeed(current(), deed, mint, () => changeOf(null))
    done = done.map((one) => renameDeed(one, reverted.renamed))
    undone = undone.map((one) => renameDeed(one, reverted.renamed))
    const left = reverted.left === 0 ? '' : `; ${reverted.left} changed by others since, and left`
    state = { ...state, session: reverted.session }
    return { deed: reverted.deed, words: `${deed.words}${left}` }
  }
  const remember = (words: string, steps: readonly Step[]): void => {
    if (steps.length === 0) return
    done = [...done, { words, steps }].slice(-MOST_DEEDS)
    undone = []
  }
  const preview = (file: unknown): Result<SessionDifference, SessionProblem> => {
    const read = typeof file === 'string' ? parseSession(file) : readSessionFile(file)
    if (!read.ok) return read
    const difference = differenceOf(current(), read.value)
    const refusal = limitsProblem(difference.merged)
    return refusal === undefined ? ok(difference) : fail({ kind: 'broken', message: refusal })
  }
  const takeOver = (text: string | null): void => {
    if (isCopy) return
    if (text === null) return keepAgain()
    const told = readKept(text)
    // What it told may be written over by now, by a tab that had not heard of it.
    const merged = told.ok ? mergeSessions(current(), told.value) : current()
    const held = shelf.held()
    if (held !== undefined) return show(merged, held)
    const beyond = limitsProblem(merged)
    if (beyond !== undefined) shelf.tell(`${beyond} ${BEYOND}`)
    // Two tabs may have written at once: what the other has not seen is written for it.
    if (sessionText(merged) !== sessionText(shelf.latest())) keep(merged)
    else show(merged, state.keeping)
  }
  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    write: (words, writings) => {
      const standing = current()
      let session = standing
      const steps: Step[] = []
      for (const { names, about, field, value, on, instead } of writings) {
        if (value !== undefined && value !== null && value.length > (field === 'note' ? LIMITS.note : LIMITS.line))
          return fail(`A ${field} has at most ${field === 'note' ? LIMITS.note : LIMITS.line} characters.`)
        const view = viewField(session, names, field)
        if (value === undefined || (view.conflict.length === 0 && (view.value ?? null) === value)) {
          session = withWords(session, names, about)
          continue
        }
        const heads = entryOf(session, names)?.fields[field]?.heads ?? []
        const before = instead === undefined ? heads : heads.filter((head) => head.value === instead)
        const after = [changeOf(value, on)]
        session = writeField(session, { names, about, field, ids: before.map(({ id }) => id), values: after })
        steps.push({ names, about, field, before, after })
      }
      if (session === standing) return ok(0)
      const refusal = limitsProblem(session)
      // Tabs that wrote at once may have led beyond: what makes it less is let through.
      if (refusal !== undefined && sessionText(session).length >= sessionText(standing).length) return fail(refusal)
      remember(words, steps)
      keep(session)
      return ok(steps.length)
    },
    undo: () => {
      const reverted = revert(done)
      if (reverted === undefined) return ''
      done = done.slice(0, -1)
      if (reverted.deed.steps.length > 0) undone = [...undone, reverted.deed]
      keep(state.session)
      return reverted.words
    },
    redo: () => {
      const reverted = revert(undone)
      if (reverted === undefined) return ''
      undone = undone.slice(0, -1)
      if (reverted.deed.steps.length > 0) done = [...done, reverted.deed]
      keep(state.session)
      return reverted.words
    },
    exportSession: () => sessionFile(current()),
    exportText: () => sessionText(current()),
    preview,
    importSession: (file, how) => {
      const difference = preview(file)
      if (!difference.ok) return { ok: false, problem: difference.error }
      const { merged, changes, conflicts } = difference.value
      if (how?.isCopy === true) {
        isCopy = true
        show(merged, { how: 'copy' })
      } else {
        remember(
          'import',
          changes.flatMap(({ entry, field }) => stepOf(current(), merged, entry.subject, field)),
        )
        keep(merged)
      }
      return { ok: true, changed: changes.length, conflicts: conflicts.length }
    },
    unread: shelf.unread,
    exported: () => show(state.session, state.keeping, false),
    takeOver,
    look: () => void (shelf.isAsLeft() || takeOver(shelf.text())),
    ready: copy.load().then(fromCopy),
    isMine: ({ id }) => id.startsWith(browser),
  }
}

const IN_COPY = "it is kept in this browser's database alone, which other tabs see when they are opened"
const FROM_COPY = "What was missing was taken from the copy in this browser's database."
const BEYOND =
  'Tabs that were open at once have led beyond that: all of it is kept, but a file of it is not read again before something is taken away.'
const CLEARED =
  'What this browser kept was cleared while this page was open: what the page had of the triage session was kept again.'

/** Deeds that can be taken back. */
const MOST_DEEDS = 200

function stepOf(before: Session, after: Session, subject: Subject, field: Field): readonly Step[] {
  const names = [subject]
  const [old, now] = [entryOf(before, names)?.fields[field]?.heads ?? [], entryOf(after, names)]
  const known = new Set(old.map(({ id }) => id))
  const fresh = (now?.fields[field]?.heads ?? []).filter(({ id }) => !known.has(id))
  const standing = new Set((now?.fields[field]?.heads ?? []).map(({ id }) => id))
  const gone = old.filter(({ id }) => !standing.has(id))
  // A value that only came beside those that stand is taken away alone; what only went comes again.
  return fresh.length + gone.length === 0 ? [] : [{ names, about: now?.about ?? {}, field, before: gone, after: fresh }]
}

/**
 * The session with words that are missing of what was said of a subject already; the same one where none are. Nobody says
 * anything by them: they are no step to be taken back.
 */
function withWords(session: Session, names: readonly Subject[], about: About): Session {
  let worded = session
  for (const key of names.map(subjectKey)) {
    const entry = session.get(key)
    if (entry === undefined || ABOUT_NAMES.every((name) => (entry.about[name] ?? about[name]) === entry.about[name]))
      continue
    worded = new Map(worded).set(key, { ...entry, about: { ...about, ...entry.about } })
  }
  return worded
}

function limitsProblem(session: Session): string | undefined {
  if (session.size > LIMITS.entries) return `A session has at most ${LIMITS.entries} entries.`
  for (const { fields } of session.values()) {
    for (const field of FIELDS) {
      if ((fields[field]?.heads.length ?? 0) > LIMITS.heads)
        return `A field has at most ${LIMITS.heads} values that nobody has settled.`
    }
  }
  return sessionText(session).length > LIMITS.size ? `A session has at most ${LIMITS.size} bytes.` : undefined
}

let ownStore: SessionStore | undefined

/** The session of this page, kept in this browser. Nothing of it leaves the machine but as a file that a person saves. */
export function sessionStore(): SessionStore {
  if (ownStore !== undefined) return ownStore
  const store = createSessionStore({
    shelf: () => (typeof localStorage === 'undefined' ? undefined : localStorage),
    copy: browserCopy(),
    author: () => settingsNow().author,
    now: () => Date.now(),
    random: randomDigits,
  })
  globalThis.addEventListener?.('storage', (event: StorageEvent) => {
    if (event.key === SESSION_KEY || event.key === null) store.takeOver(event.newValue)
  })
  // Tabs that slept, and those whose browser tells no tab that its data were cleared.
  for (const moment of ['visibilitychange', 'focus', 'pagehide', 'pageshow'])
    globalThis.addEventListener?.(moment, store.look)
  const ask = (event: Event): void => event.preventDefault()
  store.subscribe(() =>
    store.state().isAtRisk
      ? globalThis.addEventListener?.('beforeunload', ask)
      : globalThis.removeEventListener?.('beforeunload', ask),
  )
  ownStore = store
  return store
}

/** Merges a session file into the session; `isCopy`: it is not kept before a person changes something. */
export function importSession(file: unknown, options?: { readonly isCopy?: boolean }): MergeOutcome {
  return sessionStore().importSession(file, options)
}

/** Random hex digits: names of replicas must differ, also where the page is served without https. */
function randomDigits(digits: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(Math.ceil(digits / 2)))
  return [...bytes]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, digits)
}
