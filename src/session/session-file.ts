import * as v from 'valibot'
import { hashText } from '../base/hash.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { type Change, EMPTY_REGISTER, mergeRegisters, type Register } from './register.ts'
import { type Entry, type Field, FIELDS, mergeEntries, type Session } from './session.ts'
import { LIMITS } from './session-limits.ts'
import { type SessionProblem } from './session-problem.ts'
import { SESSION_VERDICTS } from './session-verdict.ts'
import { type About, ABOUT_NAMES, type Subject, subjectKey } from './subject.ts'
import { SESSION_VERSION, upgradeSession } from './session-upgrade.ts'

/** Name that an exported session is saved under. */
export const SESSION_FILE_NAME = 'pinscope-session.json'

const line = v.pipe(v.string(), v.maxLength(LIMITS.line))
const note = v.pipe(v.string(), v.maxLength(LIMITS.note))
const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{8,32}\.[1-9]\d{0,11}$/, 'a change without a proper id'))
const hash = v.pipe(v.string(), v.regex(/^(?:samples-|unhashed-)?[0-9a-f]{16}$/, 'a file without a proper hash'))
const stack = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/, 'a stack without a proper hash'))
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** What of `LIMITS` a merge can lead beyond. */
type Counts = Pick<typeof LIMITS, 'entries' | 'heads'>

function registerOf(value: v.GenericSchema<string>, { heads }: { readonly heads: number }) {
  const change = v.object({
    id,
    by: line,
    at: whole,
    on: v.optional(v.object({ file: line, hash, release: line })),
    value: v.nullable(value),
  })
  return v.optional(
    v.object({
      heads: v.pipe(v.array(change), v.maxLength(heads)),
      replaced: v.optional(v.array(id), []),
    }),
  )
}

const about = v.optional(
  v.object({
    file: v.optional(line),
    what: v.optional(line),
    holder: v.optional(line),
    stack: v.optional(stack),
    time: v.optional(line),
    ns: v.optional(v.pipe(v.string(), v.regex(/^(?:0|-?[1-9]\d{0,18})$/))),
    pfn: v.optional(v.pipe(v.string(), v.regex(/^0x[0-9a-f]{1,14}$/))),
    release: v.optional(line),
  }),
  {},
)

function schemaOf(most: { readonly [Name in keyof Counts]: number }) {
  const judged = {
    about,
    verdict: registerOf(v.picklist(SESSION_VERDICTS), most),
    note: registerOf(note, most),
    assignee: registerOf(line, most),
  }
  const entry = v.variant('kind', [
    v.object({ kind: v.literal('range'), hash, failure: v.pipe(line, v.minLength(1)), ...judged }),
    v.object({ kind: v.literal('stack'), stack, ...judged }),
    v.object({
      kind: v.literal('event'),
      hash,
      line: v.pipe(whole, v.minValue(1), v.maxValue(999_999_999_999)),
      about,
      label: registerOf(line, most),
    }),
  ])
  return v.object({
    pinscope: v.literal('session'),
    version: v.literal(SESSION_VERSION),
    entries: v.pipe(v.array(entry), v.maxLength(most.entries)),
  })
}

const schema = schemaOf(LIMITS)
/** Of what this browser keeps: tabs that wrote at once may together lead beyond what a file may have. */
const keptSchema = schemaOf({ entries: Infinity, heads: Infinity })

/** A session as it lies in a file: plain JSON, without any data of a trace. */
export type SessionFile = v.InferOutput<typeof schema>

/** Reads the text of a session file of any version. Never throws; nothing is taken of a file that is not right. */
export function parseSession(text: string): Result<Session, SessionProblem> {
  if (text.length > LIMITS.size) return broken(`It is larger than ${LIMITS.size} bytes, the most a session may have.`)
  const value = jsonOf(text.replace(/^\ufeff/, ''))
  return value.ok ? readSessionFile(value.value) : value
}

/** Reads a session that is JSON already, as one that is embedded in a report. */
export function readSessionFile(value: unknown): Result<Session, SessionProblem> {
  return readAs(schema, value)
}

/**
 * The text in which a browser keeps a session: that of a file, with a check sum as its first member, so that one that was
 * damaged is known. Builds that knew no sum read it as it is.
 */
export function keptText(session: Session): string {
  const rest = sessionText(session).slice(1)
  return `{"sum":"${hashText(rest)}",${rest}`
}

/** How every version begins what it keeps, and sums up what is behind: else a later one would be taken for damaged. */
const SUM = /^\{"sum":"([0-9a-f]{16})",/
/** How builds began it that knew no sum. */
const NO_SUM = /^\{\s*"pinscope"\s*:/

/** Reads what a browser kept, in any version, with a sum or without. It may have more than a file: only its room limits it. */
export function readKept(text: string): Result<Session, SessionProblem> {
  const sum = SUM.exec(text)
  if (sum === null ? !NO_SUM.test(text) : hashText(text.slice(sum[0].length)) !== sum[1])
    return broken('It is damaged: it is not what was written, by its check sum.')
  const value = jsonOf(text)
  return value.ok ? readAs(keptSchema, value.value) : value
}

function jsonOf(text: string): Result<unknown, SessionProblem> {
  try {
    return ok(JSON.parse(text))
  } catch {
    return broken('It is no JSON, or was cut short.')
  }
}

function readAs(shape: typeof schema, value: unknown): Result<Session, SessionProblem> {
  const upgraded = upgradeSession(value)
  if (!upgraded.ok) return upgraded
  const read = v.safeParse(shape, upgraded.value, { abortEarly: true })
  if (!read.success) return broken(problemText(read.issues[0]))
  return ok(sessionOf(read.output))
}

/** A session as a file: the same bytes for the same session, whatever came first. */
export function sessionFile(session: Session): SessionFile {
  const keys = [...session.keys()].toSorted()
  return {
    pinscope: 'session',
    version: SESSION_VERSION,
    entries: keys.flatMap((key) => session.get(key) ?? []).map(entryFile),
  }
}

/** The text of `pinscope-session.json`. */
export function sessionText(session: Session): string {
  return `${JSON.stringify(sessionFile(session), undefined, 1)}\n`
}

type EntryFile = SessionFile['entries'][number]

function entryFile({ subject, about: words, fields }: Entry): EntryFile {
  const said: Partial<Record<Field, Register>> = {}
  for (const field of FIELDS) {
    const register = fields[field]
    if (register !== undefined) said[field] = registerFile(register)
  }
  const written: About = Object.fromEntries(
    ABOUT_NAMES.flatMap((name) => (words[name] === undefined ? [] : [[name, words[name]]])),
  )
  // What is in memory was checked when it came in, or typed under the same limits.
  return { ...subjectFile(subject), about: written, ...said } as EntryFile
}

/** In one order of keys, whatever order they came in. */
function registerFile({ heads, replaced }: Register): Register {
  const changes = heads.map(({ id: own, by, at, on, value }): Change => {
    const place = on && { file: on.file, hash: on.hash, release: on.release }
    return { id: own, by, at, ...(place === undefined ? {} : { on: place }), value }
  })
  return { heads: changes, replaced }
}

function subjectFile(subject: Subject): Subject {
  switch (subject.kind) {
    case 'range':
      return { kind: 'range', hash: subject.hash, failure: subject.failure }
    case 'stack':
      return { kind: 'stack', stack: subject.stack }
    default:
      return { kind: 'event', hash: subject.hash, line: subject.line }
  }
}

/** An entry that a file has twice is merged, as if it came from two files. */
function sessionOf({ entries }: SessionFile): Session {
  const session = new Map<string, Entry>()
  for (const read of entries) {
    const subject = subjectFile(read)
    const key = subjectKey(subject)
    const known = session.get(key)
    const made = entryRead(read, subject)
    session.set(key, known === undefined ? made : mergeEntries(known, made))
  }
  return session
}

function entryRead(read: EntryFile, subject: Subject): Entry {
  const fields: Partial<Record<Field, Register>> = {}
  const given: Partial<Record<Field, Register>> =
    read.kind === 'event' ? { label: read.label } : { verdict: read.verdict, note: read.note, assignee: read.assignee }
  for (const field of FIELDS) {
    const register = given[field]
    // Through a merge, so that order and replaced heads are as they must be.
    if (register !== undefined) fields[field] = mergeRegisters(EMPTY_REGISTER, register)
  }
  const words: About = Object.fromEntries(Object.entries(read.about).filter(([, word]) => word !== undefined))
  return { subject, about: words, fields }
}

function problemText(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)
  return `${path === null ? 'It' : path.slice(0, LIMITS.line)} is not as a session has it: ${issue.message.slice(0, LIMITS.line)}.`
}

function broken(message: string): Result<never, SessionProblem> {
  return fail({ kind: 'broken', message })
}
