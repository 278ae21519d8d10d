import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { type ReactNode, useState } from 'react'
import { afterEach, expect, test } from 'vitest'
import { type About } from '../../../src/session/subject.ts'
import { CaptureStore } from '../../../src/state/capture-store.ts'
import { sessionStore, type Writing } from '../../../src/state/session-store.ts'
import { createQueryClient } from '../../../src/state/use-query.ts'
import { identityOf } from '../../../src/state/use-triage-session.ts'
import { CaptureStoreContext } from '../../../src/state/use-trace.ts'
import { BookmarkDialog } from '../../../src/ui/session/bookmark-dialog.tsx'
import { LateBookmarkNotice } from '../../../src/ui/session/late-bookmark-notice.tsx'
import { type LateBookmarks, useLateBookmarks } from '../../../src/ui/session/late-bookmarks.ts'
import { LateNotice } from '../../../src/ui/session/late-notice.tsx'
import { type Bookmark, bookmarksOf, flagsOf } from '../../../src/ui/session/use-bookmarks.ts'
import { FakeConnection, fileAnswer, hashOf, loaded, overviewOf, settle } from '../../support/fake-trace-api.ts'

afterEach(cleanup)

const OVERVIEW = overviewOf([fileAnswer('a')])
const PFN = 0x10
/** The session is one for all tests: each has a line of its own. */
let line = 0

/** The dialog on a line of its own. The worker answers when the test lets it. */
async function openDialog(Notice: (props: { late: LateBookmarks }) => ReactNode = LateNotice): Promise<{
  readonly place: string
  readonly answer: (rows: 'an event' | 'no event' | Error) => Promise<void>
  /** Opens another capture, whose only file has the same name, with what is in the file of that name. */
  readonly openOther: (content: string) => Promise<void>
}> {
  const own = ++line
  const event = { name: 'page_ref_mod', operation: 'get', time: { ns: 5e8, text: '0.5' }, pfn: PFN }
  const row = { place: { fileName: 'a', line: own }, ...event }
  const connection = new FakeConnection()
  let tell: ((answer: unknown) => void) | undefined
  let refuse: ((error: Error) => void) | undefined
  connection.answer = async (name) => {
    if (name !== 'events') return { rows: [] }
    return new Promise((resolve, reject) => ([tell, refuse] = [resolve, reject]))
  }
  const store = new CaptureStore(connection)
  void store.open([new File([''], 'a')], 'instead')
  await settle()
  await connection.loads[0].finish(loaded('a'))
  function Harness(): ReactNode {
    const [isOpen, setIsOpen] = useState(true)
    const late = useLateBookmarks()
    return (
      <>
        <Notice late={late} />
        {isOpen && <BookmarkDialog place={`a:${own}`} onClose={() => setIsOpen(false)} onLate={late.tell} />}
        <button type="button" onClick={() => setIsOpen(true)}>
          bookmark
        </button>
      </>
    )
  }
  render(
    <QueryClientProvider client={createQueryClient()}>
      <CaptureStoreContext value={store}>
        <Harness />
      </CaptureStoreContext>
    </QueryClientProvider>,
  )
  await act(settle)
  return {
    place: `a:${own}`,
    answer: (what) =>
      act(async () => {
        if (what instanceof Error) refuse?.(what)
        else tell?.({ rows: what === 'an event' ? [row] : [], offset: 0, total: 1 })
        await settle()
      }),
    openOther: (content) =>
      act(async () => {
        void store.open([new File([''], 'a')], 'instead')
        await settle()
        const files = [fileAnswer('a', { hash: { kind: 'known', sha256: hashOf(content) } })]
        await connection.loads.at(-1)?.finish({ ok: true, overview: overviewOf(files) })
      }),
  }
}

/** A label that is kept, whose question fails once the dialog is closed. */
async function failLate(label: string, Notice?: Parameters<typeof openDialog>[0]): ReturnType<typeof openDialog> {
  const dialog = await openDialog(Notice)
  await enter(label)
  act(() => void fireEvent.keyDown(field(), { key: 'Escape' }))
  await dialog.answer(new Error('The worker ended.'))
  return dialog
}

const field = (): HTMLElement => screen.getByRole('textbox', { name: 'Label' })
const isOpen = (): boolean => screen.queryByRole('textbox', { name: 'Label' }) !== null
const shown = (): string => document.body.textContent

function type(label: string): void {
  fireEvent.change(field(), { target: { value: label } })
}

async function enter(label: string): Promise<void> {
  type(label)
  await act(async () => {
    fireEvent.submit(field())
    await settle()
  })
}

/** The bookmark on the line of the test that runs; `undefined` where there is none. */
function bookmark(): Bookmark | undefined {
  const bookmarks = bookmarksOf(sessionStore().state().session, identityOf(OVERVIEW.files, ''))
  return bookmarks.find(({ subject }) => subject.line === line)
}

/** Labels that the timeline of the page has of this line. */
function flags(): readonly string[] {
  const one = bookmark()
  return flagsOf(one === undefined ? [] : [one], [PFN], OVERVIEW.clock).map(({ label }) => label)
}

test('a label is kept at once, and is on the timeline when the answer comes', async () => {
  const { answer } = await openDialog()
  expect(shown()).toContain('Looking for the event of this line…')
  await enter('first get')
  expect(bookmark()?.text).toBe('first get')
  expect(flags()).toEqual([])
  expect(isOpen()).toBe(true)
  expect(shown()).toContain('“first get” is kept. Time and page of the event are added when it is found')
  await answer('an event')
  expect(isOpen()).toBe(false)
  expect(flags()).toEqual(['first get'])
  expect(bookmark()?.entry.about).toMatchObject({ time: '0.5', ns: '500000000', pfn: '0x10', what: 'page_ref_mod get' })
})

test('of an event that is known the dialog closes at once, with all that timelines need', async () => {
  const { answer } = await openDialog()
  await answer('an event')
  await enter('known')
  expect(isOpen()).toBe(false)
  expect(flags()).toEqual(['known'])
})

test('undo takes a bookmark back in one step whose event was told late, and redo brings it onto the timeline', async () => {
  const { place, answer } = await openDialog()
  await enter('before the last')
  await answer('an event')
  const store = sessionStore()
  expect(bookmark()?.entry.fields.label?.heads.length).toBe(1)
  expect(store.undo()).toBe(`bookmark, ${place}`)
  expect(bookmark()).toBeUndefined()
  expect(store.state().undo).not.toBe(`bookmark, ${place}`)
  expect(store.redo()).toBe(`bookmark, ${place}`)
  expect(flags()).toEqual(['before the last'])
})

test('what was taken back, or changed, before the answer came is not written again by it', async () => {
  const undone = await openDialog()
  await enter('taken back')
  sessionStore().undo()
  await undone.answer('an event')
  expect(bookmark()).toBeUndefined()
  cleanup()
  const changed = await openDialog()
  await enter('one')
  await enter('another')
  await changed.answer('an event')
  expect(flags()).toEqual(['another'])
})

test.each(['Escape', 'Close'])('%s while the event is looked for keeps the label that Enter kept', async (how) => {
  const { answer } = await openDialog()
  await enter('kept')
  act(() => {
    if (how === 'Escape') fireEvent.keyDown(field(), { key: 'Escape' })
    else fireEvent.click(screen.getByRole('button', { name: 'Close' }))
  })
  expect(isOpen()).toBe(false)
  expect(bookmark()?.text).toBe('kept')
  await answer('an event')
  expect(flags()).toEqual(['kept'])
})

test('a label that was not entered is not kept by an answer that comes after Escape', async () => {
  const { answer } = await openDialog()
  type('not entered')
  act(() => void fireEvent.keyDown(field(), { key: 'Escape' }))
  await answer('an event')
  expect(bookmark()).toBeUndefined()
})

test('what is typed after Enter stays, with the dialog', async () => {
  const { answer } = await openDialog()
  await enter('first')
  type('first, and more')
  await answer('an event')
  expect(flags()).toEqual(['first'])
  expect((field() as HTMLInputElement).value).toBe('first, and more')
  expect(shown()).toContain('“first” is kept, with time and page of the event.')
  await enter('first, and more')
  expect(isOpen()).toBe(false)
  expect(flags()).toEqual(['first, and more'])
})

test('a question that fails is told, and keeping the same label again puts it onto the timeline', async () => {
  const { answer } = await openDialog()
  await enter('again')
  await answer(new Error('The worker ended.'))
  expect(isOpen()).toBe(true)
  expect(shown()).toContain('It could not be found out which event this line is: The worker ended.')
  expect(shown()).toContain('“again” is kept without time and page')
  expect(shown()).not.toContain('This line is no event')
  expect(bookmark()?.text).toBe('again')
  expect(flags()).toEqual([])
  await enter('again')
  expect(shown()).not.toContain('without time and page')
  await answer('an event')
  expect(isOpen()).toBe(false)
  expect(flags()).toEqual(['again'])
})

test('a question that fails once the dialog is closed is told over the view, until it is put away or tried again', async () => {
  const { place, answer } = await openDialog()
  await enter('late')
  act(() => void fireEvent.keyDown(field(), { key: 'Escape' }))
  expect(screen.queryByRole('alert')).toBeNull()
  await answer(new Error('The worker ended.'))
  const words = `The bookmark “late” on ${place} is kept without time and page, and is on no timeline`
  expect(screen.getByRole('alert').textContent).toContain(words)
  expect(bookmark()?.text).toBe('late')
  fireEvent.click(screen.getByRole('button', { name: 'bookmark' }))
  await act(settle)
  await enter('late')
  expect(screen.queryByRole('alert')).toBeNull()
  await answer('an event')
  expect(isOpen()).toBe(false)
  expect(flags()).toEqual(['late'])
})

test('of a bookmark that was taken back before its question failed nothing is told, and Dismiss puts away what is', async () => {
  const undone = await openDialog()
  await enter('taken back')
  act(() => void fireEvent.keyDown(field(), { key: 'Escape' }))
  sessionStore().undo()
  await undone.answer(new Error('The worker ended.'))
  expect(screen.queryByRole('alert')).toBeNull()
  cleanup()
  await failLate('kept')
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
  expect(screen.queryByRole('alert')).toBeNull()
})

const notice = (): string => screen.queryByRole('alert')?.textContent ?? ''

test('the frame says it too, whose notice knows the session only when there is something to say', async () => {
  await failLate('framed', LateBookmarkNotice)
  expect((await screen.findByRole('alert')).textContent).toContain('The bookmark “framed”')
})

test('nothing is told any more of a label that is undone, until it is done again', async () => {
  await failLate('short-lived')
  expect(notice()).toContain('“short-lived”')
  act(() => void sessionStore().undo())
  expect(notice()).toBe('')
  act(() => void sessionStore().redo())
  expect(notice()).toContain('“short-lived”')
})

test('nothing is told any more of a label that was changed elsewhere, or whose event was found there', async () => {
  const write = (about: About, said: Pick<Writing, 'value'>): void => {
    const names = [{ kind: 'event', hash: hashOf('a').slice(0, 16), line } as const]
    act(() => void sessionStore().write('elsewhere', [{ names, about, field: 'label', ...said }]))
  }
  await failLate('to be changed')
  expect(notice()).toContain('“to be changed”')
  write({}, { value: 'changed' })
  expect(bookmark()?.text).toBe('changed')
  expect(notice()).toBe('')
  cleanup()
  await failLate('to be found')
  expect(notice()).toContain('“to be found”')
  write({ ns: '500000000', pfn: '0x10', time: '0.5' }, {})
  expect(flags()).toEqual(['to be found'])
  expect(notice()).toBe('')
})

test('it is told over its own capture alone: not over one that has another file of that name, whose bookmarks leave it as it is', async () => {
  const { answer, openOther } = await failLate('of the first')
  expect(notice()).toContain('“of the first”')
  await openOther('b')
  expect(notice()).toBe('')
  // The same line of the other file.
  fireEvent.click(screen.getByRole('button', { name: 'bookmark' }))
  await act(settle)
  await enter('of the second')
  act(() => void fireEvent.keyDown(field(), { key: 'Escape' }))
  await answer(new Error('The worker ended again.'))
  expect(notice()).toContain('“of the second”')
  expect(notice()).not.toContain('“of the first”')
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
  expect(notice()).toBe('')
  await openOther('a')
  expect(notice()).toContain('“of the first”')
  expect(notice()).not.toContain('“of the second”')
})

test('a line that is no event is told, before Enter and after it, and the label is kept', async () => {
  const late = await openDialog()
  await enter('after')
  await late.answer('no event')
  expect(shown()).toContain('This line is no event: it is listed, and on no timeline.')
  expect(shown()).toContain('“after” is kept.')
  expect(bookmark()?.text).toBe('after')
  cleanup()
  const known = await openDialog()
  await known.answer('no event')
  expect(shown()).toContain('This line is no event: it is listed, and on no timeline.')
  await enter('before')
  expect(isOpen()).toBe(false)
  expect(bookmark()?.text).toBe('before')
  expect(flags()).toEqual([])
})

test('a bookmark is taken away at once, whatever is known of its event', async () => {
  await openDialog()
  await enter('going')
  expect(bookmark()?.text).toBe('going')
  await enter('')
  expect(isOpen()).toBe(false)
  expect(bookmark()).toBeUndefined()
})
