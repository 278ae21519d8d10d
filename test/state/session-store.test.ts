import { beforeEach, describe, expect, test } from 'vitest'
import { viewField } from '../../src/session/session.ts'
import { parseSession } from '../../src/session/session-file.ts'
import { LIMITS } from '../../src/session/session-limits.ts'
import { type Subject } from '../../src/session/subject.ts'
import { SESSION_KEY, UNREAD_SESSION_KEY } from '../../src/state/session-shelf.ts'
import { createSessionStore, type SessionStore, type Writing } from '../../src/state/session-store.ts'

const RANGE: Subject = { kind: 'range', hash: '5d1c0a9be2f34478', failure: 'cma:17800-17c00:1200000000' }
const SAMPLED: Subject = { ...RANGE, hash: 'samples-00112233aabbccdd' }

/** Numbers drawn so far, over all browsers: no two replicas have the same name. */
let drawn = 0

/** A browser's storage, of which each open tab has a store. Events are told by hand. */
class Browser {
  readonly kept = new Map<string, string>()
  mayThrow: 'no' | 'refused' | 'quota' = 'no'
  /** A key for which there is no room. */
  fullFor = ''

  open(author = 'Ann'): SessionStore {
    return createSessionStore({
      shelf: () => ({
        getItem: (key) => this.kept.get(key) ?? null,
        setItem: (key, value) => {
          if (this.mayThrow === 'refused') throw new DOMException('no', 'SecurityError')
          if (this.mayThrow === 'quota') throw new DOMException('no', 'QuotaExceededError')
          if (key === this.fullFor) throw new DOMException('no', 'QuotaExceededError')
          this.kept.set(key, value)
        },
      }),
      author: () => author,
      now: () => 1_780_000_000_000,
      random: (digits) => (++drawn).toString(16).padStart(digits, '0'),
    })
  }

  get session(): string | null {
    return this.kept.get(SESSION_KEY) ?? null
  }
}

let browser: Browser
beforeEach(() => {
  browser = new Browser()
})

const verdict = (value: string | null, names: readonly Subject[] = [RANGE]): Writing => ({
  names,
  about: { file: 'trace.txt' },
  field: 'verdict',
  value,
})
const note = (value: string): Writing => ({ names: [RANGE], about: {}, field: 'note', value })
const says = (store: SessionStore, field: 'verdict' | 'note' = 'verdict', names = [RANGE]) =>
  viewField(store.state().session, names, field)

describe('keeping', () => {
  test('what is said is there after a crash, at once', () => {
    browser.open().write('verdict', [verdict('suspect')])
    expect(says(browser.open()).value).toBe('suspect')
    expect(says(browser.open()).change?.by).toBe('Ann')
  })

  test('two tabs that write without hearing of each other lose nothing', () => {
    const [one, other] = [browser.open(), browser.open()]
    one.write('verdict', [verdict('suspect')])
    other.write('note', [note('from the other tab')])
    expect(says(browser.open()).value).toBe('suspect')
    expect(says(browser.open(), 'note').value).toBe('from the other tab')
  })

  test('a tab whose writing was written over writes it again when it hears of that', () => {
    const [one, other] = [browser.open(), browser.open()]
    one.write('verdict', [verdict('suspect')])
    browser.kept.delete(SESSION_KEY) // as if both had read before either wrote
    other.write('note', [note('from the other tab')])
    one.takeOver(browser.session)
    expect(says(one, 'note').value).toBe('from the other tab')
    expect(says(browser.open()).value).toBe('suspect')
    const text = browser.session
    other.takeOver(text)
    expect(browser.session).toBe(text)
    expect(says(other).value).toBe('suspect')
  })

  test('two tabs that judge the same at once leave both values to settle', () => {
    const [one, other] = [browser.open(), browser.open()]
    one.write('verdict', [verdict('suspect')])
    browser.kept.delete(SESSION_KEY)
    other.write('verdict', [verdict('noise')])
    one.takeOver(browser.session)
    expect(new Set(says(one).conflict.map(({ value }) => value))).toEqual(new Set(['suspect', 'noise']))
    one.write('verdict', [verdict('noise')])
    other.takeOver(browser.session)
    expect(says(other)).toMatchObject({ value: 'noise', conflict: [] })
  })

  test.each([
    ['refused', 'does not let the page keep anything'],
    ['quota', 'is full'],
  ] as const)('storage that is %s is told, and what is said is still there to be exported', (how, why) => {
    const store = browser.open()
    browser.mayThrow = how
    expect(store.write('verdict', [verdict('suspect')]).ok).toBe(true)
    const { keeping } = store.state()
    expect(keeping.how === 'not_kept' && keeping.why).toContain(why)
    expect(store.exportText()).toContain('suspect')
    browser.mayThrow = 'no'
    store.write('verdict', [verdict('noise')])
    expect(store.state().keeping).toMatchObject({ how: 'kept' })
  })

  test('storage that is refused is told before anything is said', () => {
    browser.mayThrow = 'refused'
    expect(browser.open().state().keeping.how).toBe('not_kept')
  })

  test('what a newer pinscope kept is not written over', () => {
    const newer = '{"pinscope":"session","version":9,"entries":[],"more":1}'
    browser.kept.set(SESSION_KEY, newer)
    const store = browser.open()
    store.write('verdict', [verdict('suspect')])
    expect(browser.session).toBe(newer)
    expect(store.state().keeping.how).toBe('not_kept')
    expect(store.exportText()).toContain('suspect')
  })

  test('what cannot be read and not be put aside is not written over', () => {
    browser.kept.set(SESSION_KEY, '{"pinscope":"sess')
    browser.fullFor = UNREAD_SESSION_KEY
    const store = browser.open()
    store.write('verdict', [verdict('suspect')])
    expect(browser.session).toBe('{"pinscope":"sess')
    expect(store.state().keeping).toMatchObject({ how: 'not_kept', why: expect.stringContaining('no room') as string })
  })

  test('what cannot be read is put aside before anything is written', () => {
    browser.kept.set(SESSION_KEY, '{"pinscope":"sess')
    const store = browser.open()
    expect(store.state().keeping).toMatchObject({
      how: 'kept',
      note: expect.stringContaining(UNREAD_SESSION_KEY) as string,
    })
    store.write('verdict', [verdict('suspect')])
    expect(browser.kept.get(UNREAD_SESSION_KEY)).toBe('{"pinscope":"sess')
    expect(says(browser.open()).value).toBe('suspect')
  })
})

describe('saying', () => {
  test('the same again is no change', () => {
    const store = browser.open()
    store.write('verdict', [verdict('suspect')])
    const text = browser.session
    expect(store.write('verdict', [verdict('suspect')])).toEqual({ ok: true, value: 0 })
    expect(browser.session).toBe(text)
  })

  test('too much is refused with the reason, and changes nothing', () => {
    const store = browser.open()
    const outcome = store.write('note', [note('x'.repeat(LIMITS.note + 1))])
    expect(!outcome.ok && outcome.error).toBe(`A note has at most ${LIMITS.note} characters.`)
    expect(browser.session).toBeNull()
  })

  test('something of a file whose hash was not known yet is found by the hash later', () => {
    const store = browser.open()
    store.write('verdict', [verdict('suspect', [SAMPLED])])
    expect(says(store, 'verdict', [RANGE, SAMPLED]).value).toBe('suspect')
    store.write('verdict', [verdict('fixed', [RANGE, SAMPLED])])
    for (const names of [[RANGE], [SAMPLED], [RANGE, SAMPLED]])
      expect(says(store, 'verdict', names).value).toBe('fixed')
    store.undo()
    expect(says(store, 'verdict', [RANGE, SAMPLED]).value).toBe('suspect')
  })
})

describe('undo', () => {
  test('takes deeds back one by one, and does them again', () => {
    const store = browser.open()
    store.write('verdict suspect', [verdict('suspect')])
    store.write('verdict noise', [verdict('noise'), note('seen before')])
    expect(store.state().undo).toBe('verdict noise')
    expect(store.undo()).toBe('verdict noise')
    expect([says(store).value, says(store, 'note').value]).toEqual(['suspect', undefined])
    expect(store.undo()).toBe('verdict suspect')
    expect(says(store).value).toBeUndefined()
    expect(store.undo()).toBe('')
    expect([store.redo(), store.redo(), store.redo()]).toEqual(['verdict suspect', 'verdict noise', ''])
    expect([says(store).value, says(store, 'note').value]).toEqual(['noise', 'seen before'])
    expect(says(browser.open()).value).toBe('noise')
  })

  test('of an import leaves what was there, and redo brings the conflict again', () => {
    const [store, bob] = [browser.open(), new Browser().open('Bob')]
    store.write('verdict', [verdict('suspect')])
    bob.write('verdict', [verdict('noise'), note('not ours')])
    expect(store.importSession(bob.exportSession())).toEqual({ ok: true, changed: 2, conflicts: 1 })
    expect(says(store).conflict.length).toBe(2)
    store.undo()
    expect(says(store)).toMatchObject({ value: 'suspect', conflict: [] })
    expect(says(store, 'note').value).toBeUndefined()
    store.redo()
    expect(new Set(says(store).conflict.map(({ by, value }) => `${by} ${value}`))).toEqual(
      new Set(['Ann suspect', 'Bob noise']),
    )
  })
})

test('undoing an import brings back what it only took away, and leaves the deed before alone', () => {
  const store = browser.open()
  store.write('verdict', [verdict('suspect')])
  const file = store.exportSession()
  const [{ heads }] = file.entries.flatMap((entry) => (entry.kind === 'range' && entry.verdict) || [])
  // Somebody has replaced it, and what stands instead is not in the file: nothing here is fresh.
  const taken = { heads: [], replaced: heads.map(({ id }) => id) }
  expect(store.importSession({ ...file, entries: file.entries.map((one) => ({ ...one, verdict: taken })) }).ok).toBe(
    true,
  )
  expect(says(store).value).toBeUndefined()
  expect(store.undo()).toBe('import')
  expect(says(store).value).toBe('suspect')
  expect(store.redo()).toBe('import')
  expect(says(store).value).toBeUndefined()
})

describe('import and export', () => {
  test('bring a session to another browser, and back without a change', () => {
    const [store, other] = [browser.open(), new Browser().open('Bob')]
    store.write('verdict', [verdict('suspect'), note('two\nlines')])
    const text = store.exportText()
    expect(other.importSession(text)).toMatchObject({ ok: true, changed: 2, conflicts: 0 })
    expect(other.exportText()).toBe(text)
    expect(store.importSession(other.exportSession())).toMatchObject({ ok: true, changed: 0 })
    expect(other.isMine({ id: '', by: '', at: 0, value: null })).toBe(false)
  })

  test('say what would change before it does', () => {
    const [store, bob] = [browser.open(), new Browser().open('Bob')]
    store.write('verdict', [verdict('suspect')])
    bob.write('verdict', [verdict('noise')])
    const preview = store.preview(bob.exportText())
    expect(preview.ok && preview.value.conflicts.length).toBe(1)
    expect(says(store).conflict).toEqual([])
  })

  test('a copy that came with a report is kept when a person says something', () => {
    const bob = new Browser().open('Bob')
    bob.write('verdict', [verdict('noise')])
    const store = browser.open()
    store.importSession(bob.exportSession(), { isCopy: true })
    expect(store.state().keeping).toEqual({ how: 'copy' })
    expect(browser.session).toBeNull()
    store.write('note', [note('I agree')])
    const kept = parseSession(browser.session ?? '')
    expect(kept.ok && viewField(kept.value, [RANGE], 'verdict').value).toBe('noise')
  })

  test('a copy that is kept takes along what another tab has kept since', () => {
    const bob = new Browser().open('Bob')
    bob.write('verdict', [verdict('noise')])
    const report = browser.open()
    report.importSession(bob.exportSession(), { isCopy: true })
    browser.open().write('note', [note('from a tab that is closed by now')])
    report.write('verdict', [verdict('suspect')])
    expect(says(browser.open(), 'note').value).toBe('from a tab that is closed by now')
    expect([says(report).value, says(report, 'note').value]).toEqual(['suspect', 'from a tab that is closed by now'])
  })

  test('what is no session is refused and changes nothing', () => {
    const store = browser.open()
    expect(store.importSession('{}')).toMatchObject({ ok: false, problem: { kind: 'broken' } })
    expect(store.importSession({ pinscope: 'session', version: 2 })).toMatchObject({ problem: { kind: 'newer' } })
  })
})
